// Who gets nothing more over a channel: search, additions, removals.

import { h } from "../dom.js";
import { post, remove } from "../api.js";
import { dateTime, plural, words } from "../format.js";
import { ask, attempt, button, chip, draw, empty, field, head, input, panel, select, table } from "../ui.js";
import { may } from "../roles.js";
import { CHANNELS } from "./search.js";

const REASONS = ["", "hard_bounce", "invalid_recipient", "complaint", "unsubscribed", "manual"];
const MESSAGES = CHANNELS.slice(1, 5);
const given = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value));

export function suppressionsPage() {
  const wanted = { channel: "", recipient: "", reason: "" };
  const fresh = { channel: "email", recipient: "", note: "" };
  let found = null;
  let next = null;
  let loads = 0;
  // In a body, since addresses of calls end up in logs.
  const load = (after) => attempt(async () => {
    const mine = ++loads;
    const page = await post("/api/v1/suppressions/search", given({ ...wanted, recipient: wanted.recipient.trim(), limit: 100, after }));
    if (mine !== loads) return;
    found = after ? [...found, ...page.suppressions] : page.suppressions;
    next = page.next ?? null;
  });
  load();

  const add = async (event) => {
    event.preventDefault();
    const body = given({ ...fresh, recipient: fresh.recipient.trim() });
    if (await attempt(() => post("/api/v1/suppressions", body), (done) => (done.added > 0 ? "Nothing more goes there." : "It was on the list already."))) {
      fresh.recipient = "";
      fresh.note = "";
    }
    load();
  };
  const take = async (row) => {
    if (!(await ask({ heading: "Take it off the list?", text: `${row.recipient ?? "The recipient"} can be sent to again over ${row.channel}.`, act: "Take off", tone: "danger" }))) return;
    await attempt(() => remove("/api/v1/suppressions/" + encodeURIComponent(row.id)), "It is off the list.");
    load();
  };
  const set = (values, name) => (value) => { values[name] = value; draw(); };

  return {
    draw: () => [
      head("Suppressions", "Who gets nothing more over a channel: by receipts, by refusals, or because somebody said so."),
      may("suppressions_change") && panel("Add one", { key: "add" },
        h("form", { class: "fields", onsubmit: add },
          field("Channel", select(fresh.channel, MESSAGES, set(fresh, "channel"), { id: "suppress-channel" })),
          field("Recipient, whole", input(fresh.recipient, set(fresh, "recipient"), { id: "suppress-recipient", required: true })),
          field("Note", input(fresh.note, set(fresh, "note"), { maxlength: "500" })),
          h("button", { class: "button primary", type: "submit", id: "suppress" }, "Add"))),
      panel("Filters", { key: "filters" },
        h("form", { class: "fields", onsubmit: (event) => { event.preventDefault(); load(); } },
          field("Channel", select(wanted.channel, ["", ...MESSAGES], set(wanted, "channel"))),
          field("Recipient, whole", input(wanted.recipient, set(wanted, "recipient"))),
          field("Reason", select(wanted.reason, REASONS, set(wanted, "reason"))),
          h("button", { class: "button", type: "submit" }, "Show"))),
      panel(found ? plural(found.length, "entry", "entries") + (next ? " and more" : "") : "Entries", { key: "list" },
        found === null ? empty("Loading …") : found.length === 0 ? empty("Nobody is on the list.")
          : table("Suppressions", [
            ["Recipient", (row) => h("span", { class: "mono" }, row.recipient ?? "hidden")],
            ["Channel", (row) => row.channel],
            ["Reason", (row) => chip(row.reason)],
            ["Said by", (row) => [row.provider ?? row.created_by, words(row.source)].filter(Boolean).join(", ")],
            ["About", (row) => row.notification_id && h("a", { class: "mono", href: "#/notification/" + row.notification_id }, row.notification_id)],
            ["Note", (row) => row.note ?? ""],
            ["Since", (row) => dateTime(row.created_at)],
            ["", (row) => may("suppressions_change") && button("Take off …", () => take(row), "small ghost danger")],
          ], found, (row) => row.id),
        next && h("div", { class: "row" }, button("Load more", () => load(next)))),
    ],
  };
}
