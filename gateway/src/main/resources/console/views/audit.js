// What administrators did, in a chain that shows whether anything was changed.

import { h } from "../dom.js";
import { get, query } from "../api.js";
import { dateTime, number, plural } from "../format.js";
import { attempt, button, chip, draw, empty, field, head, input, panel, table } from "../ui.js";

export function auditPage() {
  const wanted = { action: "", actor: "", target: "" };
  let lines = null;
  let next = null;
  let checked = null;
  const load = (after) => attempt(async () => {
    const page = await get("/api/v1/audit" + query({ ...wanted, limit: 100, after }));
    lines = after ? [...lines, ...page.audit] : page.audit;
    next = page.next ?? null;
  });
  load();
  const verify = () => attempt(async () => { checked = await get("/api/v1/audit/verification"); });
  const set = (name) => (value) => { wanted[name] = value; draw(); };

  return {
    draw: () => [
      head("Audit", "Every act of an administrator, newest first. Each line has the hash of the one before.", button("Verify the chain", verify, "", { id: "verify" })),
      checked && h("p", { class: "banner " + (checked.intact ? "" : "danger"), role: "status", id: "verified" }, h("span", { class: "lamp " + (checked.intact ? "clear" : "danger") }),
        checked.intact ? `The chain of ${plural(checked.lines, "line")} is whole.` : `Line ${number(checked.fault?.seq)}: ${checked.fault?.kind}. ${checked.fault?.detail}`),
      panel("Filters", {},
        h("form", { class: "fields", onsubmit: (event) => { event.preventDefault(); load(); } },
          field("Action", input(wanted.action, set("action"), { placeholder: "provider" })),
          field("Actor", input(wanted.actor, set("actor"))),
          field("Target", input(wanted.target, set("target"))),
          h("button", { class: "button primary", type: "submit" }, "Show"))),
      panel("Lines", { key: "lines" },
        lines === null ? empty("Loading …") : lines.length === 0 ? empty("Nothing was done that is written down.")
          : table("Audit", [
            ["#", (row) => row.seq, "num"],
            ["When", (row) => dateTime(row.at)],
            ["Who", (row) => h("span", null, row.actor, " ", h("small", null, row.origin))],
            ["Action", (row) => h("code", null, row.action)],
            ["Target", (row) => row.target],
            ["Outcome", (row) => chip(row.outcome)],
            ["Detail", (row) => h("span", null, row.detail, (row.before || row.after) && h("details", null, h("summary", null, "change"), h("pre", { tabindex: "0" }, `${row.before ?? "–"}\n→ ${row.after ?? "–"}`)))],
          ], lines, (row) => row.seq),
        next && h("div", { class: "row" }, button("Load more", () => load(next)))),
    ],
  };
}
