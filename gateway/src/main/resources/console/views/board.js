// The board: whoever is on call sees in ten seconds what is wrong, and why.

import { h } from "../dom.js";
import { live } from "../live.js";
import { flowChart, latencyLabel, meter, scoreBar, sparkline } from "../chart.js";
import { ago, number, percent, plural, rate, span, title, words } from "../format.js";
import { button, chip, draw, empty, panel } from "../ui.js";
import { may } from "../roles.js";
import { standing, why } from "../why.js";
import { ACTS, command } from "./provider-acts.js";

export const modeTone = (mode) =>
  ({ NORMAL: "clear", PARTIAL: "caution", DEGRADED: "danger", CRITICAL: "danger" })[mode] ?? "";

let channel = "";

export const boardPage = () => ({
  draw: () => [
    banner(),
    live.flow && figures(),
    h("div", { class: "board-top" },
      live.flow && panel("Flow", { key: "flow", aside: h("small", null, `${number(live.flow.since_start.accepted)} accepted since the start`) },
        flowChart(live.flowHistory)),
      panel("Lanes", { key: "lanes", aside: h("small", null, "what waits, oldest first") }, lanes())),
    live.providers && board(),
  ],
});

function banner() {
  const health = live.health;
  if (!health) return null;
  const tone = modeTone(health.degradation_mode);
  const reasons = health.reasons ?? [];
  const usable = live.providers?.filter((p) => standing(p) !== "danger" && p.stage === "active").length;
  return h("section", { class: "banner " + (tone === "clear" ? "" : tone), id: "banner", role: "status", "aria-label": "Degradation" },
    h("span", { class: "lamp " + tone }),
    h("div", null,
      h("b", null, tone === "clear" ? "All lines clear" : `${title(health.degradation_mode)} for ${ago(health.since)}`),
      tone === "clear" && h("span", { class: "muted" }, ` for ${ago(health.since)}` + (usable === undefined ? "" : ` · ${plural(usable, "provider")} in service`)),
      reasons.length > 0 && h("ul", null, reasons.map((reason) => h("li", null, reasonText(reason))))));
}

// The gateway says it in a sentence, the same that the command line shows.
const reasonText = (reason) => reason.text || words(reason.cause);

const figure = (label, value, unit, tone = "") =>
  h("div", { class: "figure " + tone, key: label }, h("span", null, label), h("b", null, value, unit && h("small", null, unit)));

function figures() {
  const { per_second: now } = live.flow;
  const { waiting, oldest_due_ms: oldest } = live.health ?? {};
  const providers = live.providers ?? [];
  const down = providers.filter((p) => standing(p) === "danger").length;
  const ended = live.flow.since_start;
  const good = Math.max(ended.sent, ended.delivered);
  const share = good + ended.failed > 0 ? good / (good + ended.failed) : null;
  return h("section", { class: "figures", "aria-label": "Figures" },
    figure("Accepted", rate(now.accepted), "/s"),
    figure("Delivered", rate(now.delivered), "/s"),
    figure("Failed", rate(now.failed), "/s", now.failed > 0 ? "danger" : ""),
    figure("Success", percent(share), "", share !== null && share < 0.9 ? "danger" : ""),
    figure("Waiting", number(waiting)),
    figure("Oldest due", oldest ? span(oldest) : "none", "", oldest > 60_000 ? "danger" : oldest > 10_000 ? "caution" : ""),
    figure("Providers down", `${down}`, ` of ${providers.length}`, down > 0 ? "danger" : ""));
}

function lanes() {
  const merged = new Map();
  for (const lane of live.health?.lanes ?? []) {
    const name = `${lane.channel} · ${lane.priority}`;
    const one = merged.get(name) ?? { name, due: 0, later: 0, oldest: 0 };
    one.due += lane.due;
    one.later += lane.later;
    one.oldest = Math.max(one.oldest, lane.oldest_due_ms);
    merged.set(name, one);
  }
  const all = [...merged.values()].sort((a, b) => b.oldest - a.oldest).slice(0, 10);
  if (all.length === 0) return empty("Nothing waits.");
  const most = Math.max(...all.map((lane) => lane.due + lane.later));
  return h("div", { class: "lanes" }, all.map((lane) => {
    const tone = lane.oldest > 60_000 ? "danger" : lane.oldest > 10_000 ? "caution" : "";
    return h("div", { class: "lane", key: lane.name },
      h("span", null, lane.name),
      meter((lane.due + lane.later) / most, `${plural(lane.due, "notification")} due, ${number(lane.later)} later`, tone),
      h("span", { class: "age" }, h("b", null, number(lane.due + lane.later)), " · ", lane.oldest ? span(lane.oldest) : "later"));
  }));
}

function board() {
  const channels = [...new Set(live.providers.flatMap((p) => p.channels))].sort();
  // What needs a look comes first; scores move too often to be the order.
  const rank = { danger: 0, caution: 1, clear: 2, idle: 3 };
  const shown = live.providers
    .filter((p) => channel === "" || p.channels.includes(channel))
    .sort((a, b) => Math.min(2, rank[standing(a)]) - Math.min(2, rank[standing(b)]) || a.priority - b.priority || a.id.localeCompare(b.id));
  return h("section", { class: "stack", "aria-label": "Providers" },
    h("div", { class: "board-section" },
      h("h2", null, "Providers"),
      h("div", { class: "row", role: "group", "aria-label": "Channel" },
        ["", ...channels].map((name) =>
          h("button", { class: "button small" + (name === channel ? "" : " ghost"), type: "button", key: name, "aria-pressed": String(name === channel), onclick: () => { channel = name; draw(); } }, name || "All")))),
    live.providers.length === 0 && empty("No provider is configured: put a jar and a provider file into the plugins folder."),
    h("div", { class: "board" }, shown.map(card)));
}


export function card(provider) {
  const tone = standing(provider);
  const now = live.now?.[provider.id];
  const [best, its] = Object.entries(provider.scores ?? {}).sort((a, b) => b[1].score - a[1].score)[0] ?? [];
  const history = live.providerHistory[provider.id] ?? [];
  const limit = provider.limits?.concurrency ?? provider.limits?.max_concurrent ?? 1;
  const received = now?.receipts ?? {};
  const good = (received.delivered ?? 0) + (received.opened ?? 0) + (received.read ?? 0);
  const bad = (received.bounced ?? 0) + (received.failed ?? 0) + (received.rejected ?? 0);
  return h("article", { class: "panel provider " + tone, key: provider.id, id: "provider-" + provider.id, "data-standing": tone, "aria-label": provider.id },
    h("div", { class: "row between" },
      h("h3", { class: "name" }, h("span", { class: "lamp " + tone }), h("a", { href: "#/provider/" + encodeURIComponent(provider.id) }, provider.id)),
      h("div", { class: "score", title: "Score of 100" + (best ? ", " + best : "") }, its ? its.score.toFixed(0) : "–", h("small", { class: "muted" }, " / 100"))),
    h("div", { class: "row" },
      provider.channels.map((name) => h("span", { class: "chip", key: name }, name)),
      provider.breaker.state !== "closed" && chip("breaker " + words(provider.breaker.state), provider.breaker.state === "open" ? "danger" : "caution"),
      provider.stage !== "active" && chip(provider.stage, "caution"),
      provider.canary && chip(`on trial ${percent(provider.canary.share)}`, "info"),
      its && h("span", { class: "chip" }, percent(its.traffic_share), " of traffic")),
    its && h("div", null, scoreBar(its.inputs, its.score),
      h("div", { class: "parts", "aria-hidden": "true" }, its.inputs.map((part, i) =>
        h("span", { key: part.name }, h("i", { class: "part-" + (i % 5) }), `${words(part.name)} ${part.points.toFixed(0)}`)))),
    h("div", { class: "facts-row" },
      fact("Success", provider.health?.attempts ? percent(provider.health.success_rate / 100) : "–"),
      fact("Now", rate(now?.attempts) + " /s"),
      fact("Load", `${now?.in_flight ?? 0} / ${limit}`),
      fact("Receipts", good + bad > 0 ? `${number(good)} ✓ ${number(bad)} ✗` : "–")),
    h("div", null,
      h("div", { class: "spark-head" }, h("span", null, "response time"), h("span", null, provider.health?.attempts ? span(provider.health.avg_response_time_ms) : "–")),
      sparkline(history.map((p) => ({ ...p })), latencyLabel(now))),
    h("ul", { class: "why " + (tone === "clear" || tone === "idle" ? "" : tone), "aria-label": "Why" }, why(provider).slice(0, 3).map((text) => h("li", null, text))),
    may("providers_control") && h("div", { class: "acts" },
      ACTS.filter((act) => act.fits(provider)).map((act) =>
        button(act.text, () => command(provider.id, act), "small ghost " + (act.tone ?? ""), { key: act.name, "data-act": act.name, "aria-label": `${act.text} ${provider.id}` }))));
}

const fact = (label, value) => h("div", { class: "fact" }, h("span", null, label), h("b", null, value));
