// Endpoints that receive events, and what became of each delivery.

import { h } from "../dom.js";
import { change, get, post, remove } from "../api.js";
import { ago, dateTime, words } from "../format.js";
import { ask, attempt, button, chip, draw, empty, field, head, input, panel, say, table } from "../ui.js";
import { may } from "../roles.js";

export function callbacksPage() {
  let all = null;
  let shown = null;
  let deliveries = [];
  let secret = null;
  const fresh = { url: "", format: "", description: "", event_types: "" };
  const load = () => attempt(async () => { all = (await get("/api/v1/callbacks")).callbacks; });
  load();

  const place = (each) => each.url ?? `Where messages of key ${each.api_key} say`;
  const path = (each, rest = "") => `/api/v1/callbacks/${each.id}${rest}`;
  const add = async (event) => {
    event.preventDefault();
    const types = fresh.event_types.split(/[\s,]+/).filter(Boolean);
    const body = { url: fresh.url.trim(), ...(fresh.format ? { format: fresh.format.trim() } : {}), ...(fresh.description ? { description: fresh.description } : {}), ...(types.length ? { event_types: types } : {}) };
    if (await attempt(async () => { secret = (await post("/api/v1/callbacks", body)).secret; }, "Events are sent from now on.")) {
      Object.assign(fresh, { url: "", format: "", description: "", event_types: "" });
    }
    load();
  };
  const log = async (each) => {
    shown = each.id;
    await attempt(async () => { deliveries = (await get(path(each, "/deliveries?limit=50"))).deliveries; });
  };
  const act = (each, rest, done) => async () => { await attempt(() => post(path(each, rest)), done); await load(); if (shown === each.id) log(each); };
  const toggle = (each) => async () => {
    if (each.enabled === false) return act(each, "/enable", "Enabled; its failures are forgiven.")();
    await attempt(() => change("PATCH", path(each), { body: { enabled: false } }), "Disabled; what waits is kept.");
    return load();
  };
  const rotate = (each) => async () => {
    if (!(await ask({ heading: "Give it a new secret?", text: "For a while the old one signs too.", act: "New secret" }))) return;
    await attempt(async () => { secret = (await post(path(each, "/rotate-secret"))).secret; });
  };
  const drop = (each) => async () => {
    if (!(await ask({ heading: "Remove the endpoint?", text: `${place(each)} with its log. Nothing more is sent to it.`, act: "Remove", tone: "danger", word: "remove" }))) return;
    await attempt(() => remove(path(each)), "It is removed.");
    load();
  };
  const again = (each) => async () => {
    await attempt(async () => {
      const from = new Date(Date.now() - 86_400_000).toISOString();
      const result = await post(path(each, "/redeliver"), { from, state: "failed" });
      say(`${result.redelivered} are sent again`);
    });
    log(each);
  };
  const set = (name) => (value) => { fresh[name] = value; draw(); };

  const card = (each) =>
    h("article", { class: "panel", key: each.id, "aria-label": place(each) },
      h("div", { class: "row between" },
        h("h3", { class: "mono" }, place(each)),
        chip(each.enabled === false ? "disabled" : "enabled")),
      each.description && h("p", { class: "muted" }, each.description),
      h("div", { class: "row" }, (each.event_types ?? []).map((type) => h("span", { class: "chip", key: type }, type))),
      h("dl", { class: "facts" }, Object.entries(each).filter(([name, value]) => !["id", "url", "description", "event_types", "enabled"].includes(name) && value !== null && typeof value !== "object").map(([name, value]) => [h("dt", null, words(name)), h("dd", null, /_(at|since)$/.test(name) ? dateTime(value) : String(value))])),
      h("div", { class: "row" },
        button("Log", () => log(each), "small"),
        may("callbacks_change") && [
          each.url && button("Test", act(each, "/test", "A test event is on its way; the log tells what became of it."), "small"),
          button("Send failed of a day again", again(each), "small"),
          button(each.enabled === false ? "Enable" : "Disable", toggle(each), "small"),
          button("New secret …", rotate(each), "small"),
          button("Remove …", drop(each), "small danger"),
        ]),
      shown === each.id && (deliveries.length === 0 ? empty("Nothing was sent yet.")
        : table("Deliveries", [
          ["Event", (row) => row.event_type],
          ["State", (row) => chip(row.state)],
          ["Attempts", (row) => row.attempts, "num"],
          ["Answer", (row) => [row.http_status, words(row.error)].filter(Boolean).join(" ")],
          ["When", (row) => h("span", { title: dateTime(row.event_time) }, ago(row.attempted_at ?? row.event_time), " ago")],
        ], deliveries)));

  return {
    draw: () => [
      head("Callbacks", "Endpoints of yours that receive normalised, signed events."),
      secret && h("div", { class: "banner info", role: "status", id: "secret" }, h("span", { class: "lamp" }), h("div", null, h("b", null, "The secret, shown this once: "), h("code", null, secret), " ", button("I have it", () => { secret = null; draw(); }, "small"))),
      may("callbacks_change") && panel("Add an endpoint", {},
        h("form", { class: "fields", onsubmit: add },
          field("URL", input(fresh.url, set("url"), { type: "url", required: true, placeholder: "https://…", id: "callback-url" })),
          field("Format, CloudEvents if empty", input(fresh.format, set("format"), { placeholder: "sendgrid, mailgun, resend, postmark, twilio or vonage" })),
          field("Description", input(fresh.description, set("description"))),
          field("Event types, all if empty", input(fresh.event_types, set("event_types"))),
          h("button", { class: "button primary", type: "submit", id: "add-callback" }, "Add"))),
      all === null ? empty("Loading …") : all.length === 0 ? empty("No endpoint receives events.") : all.map(card),
    ],
  };
}
