// API keys: made and rotated with the secret shown once, and taken back.

import { h } from "../dom.js";
import { get, post, remove } from "../api.js";
import { ago, dateTime, number } from "../format.js";
import { ask, attempt, button, chip, draw, empty, field, head, input, panel, say, table } from "../ui.js";
import { may } from "../roles.js";

const ROLES = ["sender", "viewer", "manager", "admin"];

export function apiKeysPage() {
  const nothing = { name: "", roles: ["sender"], scopes: "", per_day: "", per_month: "", expires_at: "" };
  let fresh = { ...nothing };
  let all = null;
  let secret = null;
  const load = () => attempt(async () => { all = (await get("/api/v1/api-keys")).api_keys; });
  load();

  const shown = (answer) => {
    if (answer.key) secret = { name: answer.name, key: answer.key };
    else say("Its secret is not shown again. Rotate it to get a new one.", "danger");
  };
  const make = async (event) => {
    event.preventDefault();
    const scopes = fresh.scopes.split(/[\s,]+/).filter(Boolean);
    const body = {
      name: fresh.name.trim(), roles: fresh.roles,
      ...(scopes.length ? { scopes } : {}),
      ...(fresh.per_day ? { per_day: Number(fresh.per_day) } : {}),
      ...(fresh.per_month ? { per_month: Number(fresh.per_month) } : {}),
      ...(fresh.expires_at ? { expires_at: new Date(fresh.expires_at).toISOString() } : {}),
    };
    if (await attempt(async () => shown(await post("/api/v1/api-keys", body)))) fresh = { ...nothing };
    load();
  };
  const rotate = (key, seconds) => async () => {
    const text = seconds > 0 ? "The old one counts for another hour, so that there is time to hand over." : "The old one is refused from now on: for a key that has leaked.";
    if (!(await ask({ heading: `A new secret for ${key.name}?`, text, act: "New secret", tone: seconds > 0 ? "primary" : "danger" }))) return;
    await attempt(async () => shown(await post(`/api/v1/api-keys/${encodeURIComponent(key.id)}/rotate`, { overlap_seconds: seconds })));
    load();
  };
  const revoke = async (key) => {
    if (!(await ask({ heading: `Take ${key.name} back?`, text: "Whoever uses it is refused from now on. This cannot be taken back.", act: "Take back", tone: "danger", word: "revoke" }))) return;
    await attempt(() => remove("/api/v1/api-keys/" + encodeURIComponent(key.id)), "It is taken back.");
    load();
  };
  const set = (name) => (value) => { fresh[name] = value; draw(); };
  const toggle = (role) => () => {
    fresh.roles = fresh.roles.includes(role) ? fresh.roles.filter((each) => each !== role) : [...fresh.roles, role];
    draw();
  };

  return {
    draw: () => [
      head("API keys", "For programs. A key has roles, and is narrowed by scopes, quotas and an end if that is said."),
      secret && h("div", { class: "banner info", role: "status", id: "secret" }, h("span", { class: "lamp" }),
        h("div", null, h("b", null, `The key of ${secret.name}, shown this once: `), h("code", null, secret.key), " ", button("I have it", () => { secret = null; draw(); }, "small"))),
      may("api_keys_change") && panel("Make one", { key: "make" },
        h("form", { class: "stack", onsubmit: make },
          h("div", { class: "fields" },
            field("Name", input(fresh.name, set("name"), { id: "key-name", required: true, maxlength: "100" })),
            field("Scopes, all of the roles if empty", input(fresh.scopes, set("scopes"), { placeholder: "notifications:write" })),
            field("Notifications a day", input(fresh.per_day, set("per_day"), { type: "number", min: "1" })),
            field("Notifications a month", input(fresh.per_month, set("per_month"), { type: "number", min: "1" })),
            field("Ends", input(fresh.expires_at, set("expires_at"), { type: "datetime-local" }))),
          h("div", { class: "row", role: "group", "aria-label": "Roles" },
            ROLES.map((role) => h("label", { class: "check", key: role }, h("input", { type: "checkbox", checked: fresh.roles.includes(role), onchange: toggle(role) }), role)),
            h("span", { class: "grow" }),
            h("button", { class: "button primary", type: "submit", id: "make-key", disabled: !fresh.name.trim() || fresh.roles.length === 0 }, "Make")))),
      panel("Keys", { key: "list" },
        all === null ? empty("Loading …") : all.length === 0 ? empty("There is no API key.")
          : table("API keys", [
            ["Name", (key) => h("span", null, h("b", null, key.name), h("br"), h("small", { class: "mono" }, key.prefix))],
            ["Roles", (key) => key.roles.map((role) => chip(role, ""))],
            ["Scopes", (key) => (key.scopes ?? ["all"]).join(", ")],
            ["Quotas", (key) => [key.per_day && `${number(key.per_day)} a day`, key.per_month && `${number(key.per_month)} a month`].filter(Boolean).join(", ") || "none"],
            ["Made", (key) => h("span", { title: dateTime(key.created_at) }, `${ago(key.created_at)} ago by ${key.created_by}`)],
            ["Used", (key) => (key.last_used_at ? ago(key.last_used_at) + " ago" : "never")],
            ["Ends", (key) => (key.expires_at ? dateTime(key.expires_at) : "–")],
            ["", (key) => may("api_keys_change") && h("div", { class: "row" },
              key.previous_until && chip("two secrets until " + dateTime(key.previous_until), "caution"),
              button("Rotate …", rotate(key, 3_600), "small ghost"),
              button("Rotate at once …", rotate(key, 0), "small ghost danger"),
              button("Revoke …", () => revoke(key), "small ghost danger"))],
          ], all, (key) => key.id)),
    ],
  };
}
