// Charts as SVG. Each has a text that says the same to a screen reader.

import { h } from "./dom.js";
import { rate, span } from "./format.js";

const WIDTH = 600;

function line(points, of, top, height, slots) {
  const step = WIDTH / (slots - 1);
  const from = WIDTH - (points.length - 1) * step;
  return points
    .map((point, i) => {
      const y = height - (Math.min(of(point), top) / top) * (height - 4) - 2;
      return `${i === 0 ? "M" : "L"}${(from + i * step).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}

/** A small line of what took how long; seconds without an attempt are left out. */
export function sparkline(points, label) {
  const height = 44;
  const seen = points.map((p) => ({ ...p, shown: p.attempts > 0 }));
  let last = 0;
  for (const p of seen) {
    if (p.shown) last = p.mean_ms;
    else p.mean_ms = last;
  }
  const any = seen.some((p) => p.shown);
  const top = Math.max(20, ...seen.map((p) => p.mean_ms)) * 1.15;
  const path = seen.length > 1 ? line(seen, (p) => p.mean_ms, top, height, 120) : "";
  const step = WIDTH / 119;
  const from = WIDTH - (seen.length - 1) * step;
  return h(
    "svg",
    { class: "spark", viewBox: `0 0 ${WIDTH} ${height}`, preserveAspectRatio: "none", role: "img",
      "aria-label": any ? label : label + ": nothing in the last two minutes" },
    path && any && h("path", { class: "area", d: `${path}L${WIDTH} ${height}L${from.toFixed(1)} ${height}Z` }),
    path && any && h("path", { class: "line", d: path }),
    seen.map((p, i) =>
      p.failures > 0 &&
      h("rect", { class: "miss", x: (from + i * step - 2).toFixed(1), y: height - 7, width: 4, height: 7 })),
    !any && h("path", { class: "idle", d: `M0 ${height - 3}L${WIDTH} ${height - 3}` }));
}

const SERIES = ["accepted", "sent", "delivered", "failed"];

/** What came and ended by the second. */
export function flowChart(points) {
  const height = 190;
  const peak = Math.max(1, ...points.flatMap((p) => SERIES.map((name) => p[name])));
  const top = nice(peak * 1.1);
  const newest = points[points.length - 1];
  const label = newest
    ? "Notifications by the second, of the last two minutes. Now: " +
      SERIES.map((name) => `${rate(newest[name])} ${name}`).join(", ")
    : "Notifications by the second: nothing yet";
  const accepted = points.length > 1 ? line(points, (p) => p.accepted, top, height, 120) : "";
  const from = WIDTH - (points.length - 1) * (WIDTH / 119);
  return h(
    "figure",
    { class: "flow" },
    h("div", { class: "flow-plot" },
      h("div", { class: "flow-axis", "aria-hidden": "true" },
        [1, 0.5, 0].map((part) => h("span", null, rate(top * part)))),
      h(
        "svg",
        { viewBox: `0 0 ${WIDTH} ${height}`, preserveAspectRatio: "none", role: "img", "aria-label": label },
        [0.25, 0.5, 0.75].map((part) =>
          h("path", { class: "grid", d: `M0 ${height * part}L${WIDTH} ${height * part}` })),
        accepted && h("path", { class: "area accepted", d: `${accepted}L${WIDTH} ${height}L${from.toFixed(1)} ${height}Z` }),
        points.length > 1 &&
          SERIES.map((name) =>
            h("path", { class: "line " + name, d: line(points, (p) => p[name], top, height, 120) })))),
    h("div", { class: "flow-time", "aria-hidden": "true" },
      h("span", null, "2 min ago"), h("span", null, "1 min ago"), h("span", null, "now")),
    h("figcaption", { class: "legend" },
      SERIES.map((name) =>
        h("span", { class: "legend-item " + name }, h("i", null), name, h("b", null, newest ? rate(newest[name]) : "–"), h("small", null, "/s")))));
}

function nice(value) {
  const base = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 2, 4, 5, 10]) {
    if (value <= step * base) return step * base;
  }
  return value;
}

/** The parts of a score side by side; together they are as long as the score. */
export function scoreBar(parts, score) {
  return h(
    "div",
    { class: "score-bar", role: "img",
      "aria-label": `Score ${Math.round(score)}: ` + parts.map((p) => `${p.name.replaceAll("_", " ")} ${p.points.toFixed(1)}`).join(", ") },
    parts.map((part, i) =>
      h("span", { class: "part part-" + (i % 5), style: { "--points": Math.max(0, part.points) }, title: `${part.name.replaceAll("_", " ")}: ${part.points.toFixed(1)} of ${(part.weight * 100).toFixed(0)} points` })));
}

/** A bar of a share, 0 to 1. */
export function meter(share, label, tone = "") {
  return h("div", { class: "meter " + tone, role: "img", "aria-label": label },
    h("span", { style: { "--share": Math.max(0, Math.min(1, share)) } }));
}

export const latencyLabel = (second) =>
  second && second.mean_ms ? `Response time ${span(second.mean_ms)}` : "Response time";
