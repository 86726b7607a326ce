// What a back-test says: what happened, what the draft would have made of it, and how sure that is.

import { h } from "../dom.js";
import { meter } from "../chart.js";
import { number, percent, plural, span } from "../format.js";
import { empty, panel, table } from "../ui.js";

const signed = (value, digits, unit) => `${value > 0 ? "+" : ""}${value.toFixed(digits)}${unit}`;
const within = (interval, factor, digits, unit) =>
  `${signed(interval.value * factor, digits, unit)} (${signed(interval.low * factor, digits, "")} to ${signed(interval.high * factor, digits, "")})`;

/** Whether a difference is more than chance, and of the good kind. */
function tone(interval, goodIsMore) {
  if (interval.low <= 0 && interval.high >= 0) return "";
  return (interval.low > 0) === goodIsMore ? "clear" : "danger";
}

export function backTestReport(report) {
  if (report.notifications === 0) {
    return panel("Back-test", { key: "back-test" }, empty("Nothing was recorded in that time, so nothing can be said of it."));
  }
  const { recorded, other, difference, coverage } = report;
  const rows = [
    ["Success", percent(recorded.success_share.value), percent(other.success_share.value), within(difference.success_share, 100, 2, " points"), tone(difference.success_share, true)],
    ["Time to success, mean", span(recorded.latency_ms.mean), span(other.latency_ms.mean), within(difference.latency_ms, 1, 0, " ms"), tone(difference.latency_ms, false)],
    ["Time to success, median", span(recorded.latency_ms.p50), span(other.latency_ms.p50), "", ""],
    ["Time to success, 95th percentile", span(recorded.latency_ms.p95), span(other.latency_ms.p95), "", ""],
    ["Cost", recorded.cost.toFixed(4), other.cost.toFixed(4), within(difference.cost, 1, 5, ""), tone(difference.cost, false)],
    ["Possible duplicates", number(recorded.duplicates), number(other.duplicates), within(difference.duplicates, 1, 4, ""), tone(difference.duplicates, false)],
    ["Attempts", number(recorded.attempts), number(other.attempts), "", ""],
  ];
  const providers = [...new Set([...Object.keys(recorded.attempt_shares), ...Object.keys(other.attempt_shares)])].sort();
  return panel("Back-test", { key: "back-test", class: "back-test" },
    h("p", null, `${plural(report.notifications, "notification")}${report.complete ? "" : ", the oldest of that time"}, ${number(coverage.not_comparable)} of them not comparable. `,
      `Of ${plural(coverage.decisions, "attempt")} under the draft ${percent(coverage.direct_share)} truly happened so; `,
      `${number(coverage.near)} are estimated from others at that time, ${number(coverage.far)} from other times, ${number(coverage.none)} from nothing.`),
    table("Recorded and draft", [
      ["", (row) => row[0]],
      ["Recorded", (row) => row[1], "num"],
      ["Draft", (row) => h("b", null, row[2]), "num"],
      ["Difference for one, with its 95 % interval", (row) => row[3] && h("span", { class: row[4] ? "chip " + row[4] : "" }, row[3])],
    ], rows, (row) => row[0]),
    h("h3", null, "Who would have been chosen"),
    table("Shares of the attempts", [
      ["Provider", (id) => id],
      ["Recorded", (id) => percent(recorded.attempt_shares[id] ?? 0), "num"],
      ["", (id) => meter(recorded.attempt_shares[id] ?? 0, `${id}, recorded`, ""), "bar"],
      ["Draft", (id) => h("b", null, percent(other.attempt_shares[id] ?? 0)), "num"],
      ["", (id) => meter(other.attempt_shares[id] ?? 0, `${id}, draft`, "clear"), "bar"],
    ], providers, (id) => id));
}
