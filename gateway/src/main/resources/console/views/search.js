// Search of notifications: by state, channel, provider, recipient and time.

import { h } from "../dom.js";
import { post } from "../api.js";
import { live } from "../live.js";
import { ago, dateTime, plural } from "../format.js";
import { attempt, button, chip, draw, empty, field, head, input, panel, select, table } from "../ui.js";

const STATES = ["", "scheduled", "queued", "processing", "sent", "delivered", "failed", "expired", "cancelled", "held", "dead_letter"];
export const CHANNELS = ["", "email", "sms", "whatsapp", "telegram", "number", "booking"];

export function searchPage({ values }) {
  const wanted = { state: "", channel: "", provider: "", recipient: "", accepted_after: "", accepted_before: "", ...values };
  let found = null;
  let next = null;
  let busy = false;
  let id = "";

  const ask = async (after) => {
    busy = true;
    draw();
    await attempt(async () => {
      const times = Object.fromEntries(["accepted_after", "accepted_before"].map((name) => [name, wanted[name] ? new Date(wanted[name]).toISOString() : ""]));
      const given = Object.entries({ ...wanted, ...times, after }).filter(([, value]) => value);
      // In a body: addresses of pages and calls end up in logs, and the recipient is nobody's business there.
      const page = await post("/api/v1/notifications/search", { ...Object.fromEntries(given), limit: 50 });
      found = after ? [...found, ...page.notifications] : page.notifications;
      next = page.next ?? null;
    });
    busy = false;
    draw();
  };
  ask();

  const set = (name) => (value) => { wanted[name] = value; draw(); };
  return {
    draw: () => [
      head("Notifications", "Newest first. Each opens its timeline, with every decision explained."),
      panel("Filters", {},
        h("form", { class: "stack", onsubmit: (event) => { event.preventDefault(); ask(); } },
          h("div", { class: "fields" },
            field("State", select(wanted.state, STATES, set("state"), { id: "state" })),
            field("Channel", select(wanted.channel, CHANNELS, set("channel"))),
            field("Last provider", select(wanted.provider, ["", ...(live.providers ?? []).map((p) => p.id)].map((p) => [p, p || "any"]), set("provider"))),
            field("Recipient, whole", input(wanted.recipient, set("recipient"), { id: "recipient" })),
            field("Accepted after", input(wanted.accepted_after, set("accepted_after"), { type: "datetime-local" })),
            field("Accepted before", input(wanted.accepted_before, set("accepted_before"), { type: "datetime-local" }))),
          h("div", { class: "row between" },
            h("button", { class: "button primary", type: "submit", id: "search", disabled: busy }, busy ? "Searching …" : "Search"),
            h("div", { class: "row" },
              input(id, (value) => { id = value; draw(); }, { placeholder: "or an id", "aria-label": "Id of a notification", class: "id-input" }),
              button("Open", () => { location.hash = "#/notification/" + encodeURIComponent(id.trim()); }, "", { disabled: !id.trim() }))))),
      panel(found ? plural(found.length, "notification") + (next ? " and more" : "") : "Results", { key: "results" },
        found === null ? empty("Searching …")
          : found.length === 0 ? empty(next ? "None in this part; there is more to look through." : "Nothing was found. Filters narrow the search; without any, all are shown.")
            : table("Notifications found", [
              ["Notification", (row) => h("a", { class: "mono", href: "#/notification/" + row.id }, row.id)],
              ["State", (row) => chip(row.state)],
              ["Type", (row) => row.notification_type],
              ["Channel", (row) => row.channel],
              ["Priority", (row) => row.priority],
              ["Provider", (row) => row.last_provider ?? "–"],
              ["Attempts", (row) => row.attempts, "num"],
              ["Accepted", (row) => h("span", { title: dateTime(row.accepted_at) }, ago(row.accepted_at), " ago")],
              ["Reason", (row) => row.reason ?? ""],
            ], found, (row) => row.id),
        next && h("div", { class: "row" }, button("Load more", () => ask(next), "", { disabled: busy }))),
    ],
  };
}
