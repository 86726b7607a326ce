// Drills: failures on purpose, and what they showed.

import { h } from "../dom.js";
import { get, post } from "../api.js";
import { live } from "../live.js";
import { ago, dateTime, span, title, words } from "../format.js";
import { ask, attempt, button, chip, complain, empty, draw, field, head, input, panel, select } from "../ui.js";
import { may } from "../roles.js";

const MODES = ["error", "unavailable", "refuse", "throttle", "hang", "cut", "slow", "brownout", "silent", "swallow", "reject"];

export function drillsPage() {
  let all = null;
  let timer = null;
  let left = false;
  const order = { kind: "simulate", provider: "", mode: "error", count: "100", percent: "5", duration_seconds: "60" };

  const load = async () => {
    clearTimeout(timer);
    try {
      all = (await get("/api/v1/drills?limit=50")).drills;
    } catch (error) {
      // While a drill is followed, the next look may succeed.
      if (!all) complain(error);
    }
    if (left) return;
    draw();
    clearTimeout(timer);
    if (all?.some((drill) => drill.state === "running")) timer = setTimeout(load, 2_000);
  };
  load();

  const begin = async (event) => {
    event.preventDefault();
    const simulated = order.kind === "simulate";
    const body = simulated
      ? { kind: order.kind, provider: order.provider, mode: order.mode, count: Number(order.count) }
      : { kind: order.kind, provider: order.provider, percent: Number(order.percent), duration_seconds: Number(order.duration_seconds) };
    const text = simulated
      ? "The simulator gives it the fault while test notifications are sent."
      : `It is withheld from ${order.percent} % of real traffic for ${order.duration_seconds} s. The drill ends itself when errors rise.`;
    if (!(await ask({ heading: `Begin a drill of ${order.provider}?`, text, act: "Begin", tone: simulated ? "primary" : "danger" }))) return;
    await attempt(() => post("/api/v1/drills", body), "The drill runs.");
    load();
  };
  const abort = async (drill) => {
    await attempt(() => post(`/api/v1/drills/${drill.id}/abort`), "Everything is put back.");
    load();
  };
  const set = (name) => (value) => { order[name] = value; draw(); };

  return {
    leave: () => {
      left = true;
      clearTimeout(timer);
    },
    draw: () => {
      const providers = (live.providers ?? []).map((each) => each.id);
      if (!order.provider && providers.length > 0) order.provider = providers[0];
      return [
        head("Drills", "Failures on purpose: before the real one comes, you know how failover goes."),
        may("drills_change") && panel("Begin one", {},
          h("form", { class: "fields", onsubmit: begin },
            field("Kind", select(order.kind, [["simulate", "simulated fault (sandbox)"], ["live", "real traffic"]], set("kind"), { id: "drill-kind" })),
            field("Provider", select(order.provider, providers.map((id) => [id, id]), set("provider"), { id: "drill-provider" })),
            order.kind === "simulate" && field("Fault", select(order.mode, MODES, set("mode"), { id: "drill-mode" })),
            order.kind === "simulate" && field("Test notifications", input(order.count, set("count"), { type: "number", min: "1", max: "2000", id: "drill-count" })),
            order.kind === "live" && field("Percent of traffic", input(order.percent, set("percent"), { type: "number", min: "0.1", max: "50", step: "0.1" })),
            order.kind === "live" && field("Seconds", input(order.duration_seconds, set("duration_seconds"), { type: "number", min: "1", max: "3600" })),
            h("button", { class: "button primary", type: "submit", id: "begin-drill", disabled: !order.provider }, "Begin"))),
        all === null ? empty("Loading …") : all.length === 0 ? empty("No drill was held yet.")
          : all.map((drill) => card(drill, abort)),
      ];
    },
  };
}

function card(drill, abort) {
  const took = drill.ended_at ? Date.parse(drill.ended_at) - Date.parse(drill.started_at) : Date.now() - Date.parse(drill.started_at);
  return h("article", { class: "panel", key: drill.id, "aria-label": `Drill of ${drill.provider}`, "data-state": drill.state },
    h("div", { class: "row between" },
      h("h3", null, `${drill.provider}: ${drill.kind === "live" ? "real traffic" : words(drill.mode)} `),
      h("div", { class: "row" }, chip(drill.state), drill.state === "running" && may("drills_change") && button("Abort", () => abort(drill), "small danger"))),
    h("p", { class: "muted" }, `${dateTime(drill.started_at)}, ${ago(drill.started_at)} ago, for ${span(took)}, by ${drill.actor}`),
    drill.reason && h("p", null, drill.reason),
    drill.report && Object.keys(drill.report).length > 0 && h("details", null, h("summary", null, "Report"), report(drill.report)));
}

/** A report has fields of its own for each kind; all of them are shown as they are. */
function report(values) {
  return h("dl", { class: "facts" }, Object.entries(values).map(([name, value]) => [
    h("dt", null, title(name)),
    h("dd", null, value !== null && typeof value === "object" ? h("pre", { tabindex: "0" }, JSON.stringify(value, null, 2)) : String(value)),
  ]));
}
