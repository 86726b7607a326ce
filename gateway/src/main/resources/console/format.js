// How figures and times are written.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export function number(value) {
  if (value === null || value === undefined) return "–";
  return Math.abs(value) >= 100_000 ? short.format(value) : whole.format(value);
}

/** A rate: one digit where it is small. */
export function rate(value) {
  if (!value) return "0";
  return value < 10 ? value.toFixed(1) : number(value);
}

export function percent(share) {
  if (share === null || share === undefined) return "–";
  const value = share * 100;
  return (value > 99 && value < 100 ? value.toFixed(1) : Math.round(value)) + " %";
}

/** A span of time. */
export function span(millis) {
  if (millis === null || millis === undefined) return "–";
  if (millis < 1_000) return Math.round(millis) + " ms";
  const seconds = millis / 1_000;
  if (seconds < 10) return seconds.toFixed(1) + " s";
  if (seconds < 90) return Math.round(seconds) + " s";
  if (seconds < 5_400) return Math.round(seconds / 60) + " min";
  if (seconds < 129_600) return Math.round(seconds / 3_600) + " h";
  return Math.round(seconds / 86_400) + " d";
}

export const ago = (time) => span(Math.max(0, Date.now() - Date.parse(time)));
export const until = (time) => span(Math.max(0, Date.parse(time) - Date.now()));

const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3,
});
const day = new Intl.DateTimeFormat("en-GB", {
  year: "numeric", month: "short", day: "2-digit", hour: "2-digit", minute: "2-digit",
  second: "2-digit",
});

export const timeOfDay = (time) => (time ? clock.format(new Date(time)) : "–");
export const dateTime = (time) => (time ? day.format(new Date(time)) : "–");

/** A word of the API as people read it. */
export const words = (text) => String(text ?? "").replaceAll("_", " ").toLowerCase();
export const title = (text) => {
  const plain = words(text);
  return plain.charAt(0).toUpperCase() + plain.slice(1);
};
export const plural = (count, one, many = one + "s") => `${number(count)} ${count === 1 ? one : many}`;
