// One provider: what the board shows of it, its limits, and how its breaker moved.

import { h } from "../dom.js";
import { get } from "../api.js";
import { live } from "../live.js";
import { dateTime, number, percent, span, words } from "../format.js";
import { attempt, chip, empty, head, panel, table } from "../ui.js";
import { card } from "./board.js";

export function providerPage({ rest }) {
  const id = rest[0] ?? "";
  let events = null;
  let seen = "";
  const load = () => attempt(async () => {
    events = (await get(`/api/v1/providers/${encodeURIComponent(id)}/breaker-events?limit=50`)).events;
  });
  load();

  return {
    draw: () => {
      const provider = (live.providers ?? []).find((each) => each.id === id);
      if (!provider) return [head(id), empty("There is no provider of that id now.")];
      const breaker = provider.breaker.state + provider.breaker.since;
      if (seen && seen !== breaker) setTimeout(load, 300);
      seen = breaker;
      return [
        head(id, `${provider.plugin} ${provider.plugin_version}, generation ${provider.generation}`),
        h("div", { class: "board-top top-aligned" },
          h("div", { class: "stack" }, card(provider), scores(provider)),
          panel("Facts", {}, facts(provider))),
        panel("Breaker", { key: "breaker" },
          events === null ? empty("Loading …") : events.length === 0 ? empty("It never moved.")
            : table("Moves of the breaker", [
              ["When", (row) => dateTime(row.at)],
              ["Move", (row) => h("span", null, words(row.from), " → ", chip(row.to))],
              ["Why", (row) => row.reason],
              ["Evidence", (row) => row.evidence?.window_calls ? `${number(row.evidence.window_failures)} of ${number(row.evidence.window_calls)} failed in ${span(row.evidence.window_ms)}` : ""],
              ["Until", (row) => row.open_until ? dateTime(row.open_until) : ""],
              ["By", (row) => row.actor ?? ""],
            ], events)),
      ];
    },
  };
}

const scores = (provider) =>
  Object.entries(provider.scores ?? {}).map(([channel, its]) =>
    panel(`Score on ${channel}: ${its.score.toFixed(1)}`, { key: channel },
      table("Parts of the score", [
        ["Part", (row) => words(row.name)],
        ["Value", (row) => row.value.toFixed(2), "num"],
        ["Weight", (row) => percent(row.weight), "num"],
        ["Points", (row) => row.points.toFixed(1), "num"],
      ], its.inputs, (row) => row.name)));

function facts(provider) {
  const { limits, health } = provider;
  const rows = [
    ["Stage", chip(provider.stage)],
    ["Status", provider.status && chip(provider.status)],
    ["Breaker", h("span", null, chip(provider.breaker.state), " ", provider.breaker.reason)],
    ["Channels", provider.channels.join(", ")],
    ["Priority, weight", `${provider.priority}, ${provider.weight}`],
    ["Concurrency", `${limits.concurrency ?? "–"} of at most ${limits.max_concurrent}${limits.adaptive_concurrency ? ", adaptive" : ""}`],
    ["Rate", limits.max_per_second ? `${limits.per_second ?? "–"} /s of at most ${limits.max_per_second} /s` : "no limit"],
    ["Timeout", span(provider.timeout_ms)],
    ["Price", provider.price ?? null],
    ["Last success", health?.last_success_at && dateTime(health.last_success_at)],
    ["Last failure", health?.last_failure_at && dateTime(health.last_failure_at)],
    ["Receipts", Object.entries(live.now?.[provider.id]?.receipts ?? {}).map(([status, count]) => `${number(count)} ${status}`).join(", ")],
  ];
  return h("dl", { class: "facts" }, rows.filter(([, value]) => value).map(([name, value]) => [h("dt", null, name), h("dd", null, value)]));
}
