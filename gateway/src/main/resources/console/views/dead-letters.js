// What waits for a person: dead letters and held notifications. They are replayed or discarded by a filter.

import { h } from "../dom.js";
import { get, post, query, remove } from "../api.js";
import { live } from "../live.js";
import { ago, dateTime, number, plural } from "../format.js";
import { ask, attempt, button, chip, draw, empty, field, head, input, panel, say, select, table } from "../ui.js";
import { may } from "../roles.js";
import { CHANNELS } from "./search.js";

export function deadLettersPage() {
  const wanted = { state: "", channel: "", provider: "", died_after: "", died_before: "" };
  let limit = "";
  let found = null;
  let next = null;
  let trial = null;
  let loads = 0;

  const filters = () => {
    const set = {};
    for (const [name, value] of Object.entries(wanted)) {
      if (value !== "") set[name] = name.startsWith("died") ? new Date(value).toISOString() : value;
    }
    return set;
  };
  const load = (after) => attempt(async () => {
    const mine = ++loads;
    const page = await get("/api/v1/dead-letters" + query({ ...filters(), limit: 50, after }));
    // Answers may overtake each other, and filters change meanwhile: only the last one asked for is shown.
    if (mine !== loads) return;
    found = after ? [...found, ...page.dead_letters] : page.dead_letters;
    next = page.next ?? null;
  });
  load();

  const change = (name) => (value) => { wanted[name] = value; trial = null; load(); };
  const body = (dry) => ({ dry_run: dry, filters: filters(), ...(limit ? { limit: Number(limit) } : {}) });
  const dryRun = () => attempt(async () => {
    const order = body(true);
    const answer = await post("/api/v1/dead-letters/replay", order);
    if (JSON.stringify(order) === JSON.stringify(body(true))) trial = answer;
  });
  const replay = async (only) => {
    const order = only ? { dry_run: false, filters: { id: only } } : body(false);
    const many = only ? "this one" : trial ? plural(trial.matching, "notification") : "all that match the filters";
    if (!(await ask({ heading: `Replay ${many}?`, text: "They are queued again, as fresh rounds. What was held is marked as a possible duplicate.", act: "Replay" }))) return;
    await attempt(async () => {
      const result = await post("/api/v1/dead-letters/replay", order);
      say(`${number(result.replayed)} replayed` + (result.remaining ? `, ${number(result.remaining)} remain` : ""));
      trial = null;
    });
    load();
  };
  const discard = async () => {
    const narrowed = Object.keys(filters()).length > 0;
    if (!(await ask({ heading: "Discard for good?", text: `${narrowed ? "All that match the filters" : "ALL dead letters and held notifications"} are discarded. This cannot be taken back.`, act: "Discard", tone: "danger", word: "discard" }))) return;
    await attempt(async () => {
      const result = await remove("/api/v1/dead-letters" + query({ ...filters(), ...(narrowed ? {} : { all: "true" }), limit }));
      say(`${number(result.discarded)} discarded`);
    });
    load();
  };

  return {
    draw: () => [
      head("Dead letters", "What no provider took in all its rounds, and what is held because its outcome is unknown."),
      panel("Filters", {},
        h("div", { class: "fields" },
          field("State", select(wanted.state, ["", "dead_letter", "held"], change("state"))),
          field("Channel", select(wanted.channel, CHANNELS, change("channel"), { id: "channel" })),
          field("Last provider", select(wanted.provider, ["", ...(live.providers ?? []).map((p) => p.id)].map((p) => [p, p || "any"]), change("provider"))),
          field("Died after", input(wanted.died_after, change("died_after"), { type: "datetime-local" })),
          field("Died before", input(wanted.died_before, change("died_before"), { type: "datetime-local" })),
          may("dead_letters_change") && field("At most", input(limit, (value) => { limit = value; trial = null; draw(); }, { type: "number", min: "1", max: "100000", placeholder: "all" }))),
        may("dead_letters_change") && h("div", { class: "row" },
          button("Dry run", dryRun, "", { id: "dry-run" }),
          button("Replay", () => replay(null), "primary", { id: "replay" }),
          h("span", { class: "grow" }),
          button("Discard …", discard, "danger", { id: "discard" })),
        trial && h("p", { class: "banner info", role: "status", id: "dry-run-result" }, h("span", { class: "lamp" }), `A replay would queue ${plural(limit ? Math.min(Number(limit), trial.matching) : trial.matching, "notification")}. Nothing was changed.`)),
      panel(found ? plural(found.length, "waiting", "waiting") + (next ? " and more" : "") : "Waiting", { key: "list" },
        found === null ? empty("Loading …") : found.length === 0 ? empty("Nothing waits for a person.")
          : table("Dead letters", [
            ["Notification", (row) => h("a", { class: "mono", href: "#/notification/" + row.id }, row.id)],
            ["State", (row) => chip(row.state)],
            ["Type", (row) => row.notification_type],
            ["Channel", (row) => row.channel],
            ["Provider", (row) => row.last_provider ?? "–"],
            ["Attempts", (row) => row.attempts, "num"],
            ["Died", (row) => h("span", { title: dateTime(row.died_at) }, ago(row.died_at), " ago")],
            ["Why", (row) => [row.reason, row.last_error].filter(Boolean).join(": ")],
            ["", (row) => may("dead_letters_change") && button("Replay", () => replay(row.id), "small ghost")],
          ], found, (row) => row.id),
        next && h("div", { class: "row" }, button("Load more", () => load(next)))),
    ],
  };
}
