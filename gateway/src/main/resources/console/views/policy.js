// The editor of one routing policy. A draft is checked and run over the past before anybody uses it; it is put in force as a file.

import { h } from "../dom.js";
import { ApiError, get, post } from "../api.js";
import { words } from "../format.js";
import { attempt, button, chip, complain, draw, empty, field, head, input, panel, say, table } from "../ui.js";
import { may } from "../roles.js";
import { backTestReport } from "./back-test.js";

export function policyPage({ rest }) {
  const draft = { name: rest[0] ?? "", policy: "", suppose: "", hours: "24", limit: "10000" };
  let before = null;
  let answer = null;
  let mistakes = [];
  let busy = false;

  attempt(async () => {
    const all = await get("/api/v1/policies");
    const known = all.policies.find((each) => each.name === draft.name);
    before = known?.effective ?? all.default;
    draft.policy = known ? yamlOf(known) : "applies_to:\n  types: []\n";
  });

  const set = (name) => (value) => {
    draft[name] = value;
    answer = null;
    draw();
  };
  const tryIt = async (event) => {
    event.preventDefault();
    const asked = JSON.stringify(draft);
    const order = {
      name: draft.name.trim(), policy: draft.policy, limit: Number(draft.limit),
      from: new Date(Date.now() - Number(draft.hours) * 3_600_000).toISOString(),
      ...(draft.suppose.trim() ? { suppose: draft.suppose } : {}),
    };
    busy = true;
    mistakes = [];
    draw();
    try {
      const given = await post("/api/v1/policies/back-test", order);
      if (asked === JSON.stringify(draft)) answer = given;
    } catch (error) {
      if (error instanceof ApiError && error.fields.length > 0) mistakes = error.fields;
      else complain(error);
    }
    busy = false;
    draw();
  };

  return {
    draw: () => [
      head(draft.name && before ? `Policy ${draft.name}` : "A policy", "A draft: what is changed here is in force when its file lies in the folder of policies.",
        h("a", { class: "button", href: "#/policies" }, "All policies")),
      before === null ? empty("Loading …") : panel("Draft", { key: "draft" },
        h("form", { class: "stack", onsubmit: tryIt },
          h("div", { class: "fields" },
            field("Name", input(draft.name, set("name"), { id: "policy-name", required: true, maxlength: "100" })),
            field("Hours back", input(draft.hours, set("hours"), { type: "number", min: "1", max: "720", required: true })),
            field("Notifications at most", input(draft.limit, set("limit"), { type: "number", min: "1", max: "20000", required: true }))),
          h("div", { class: "fields wide" },
            field("File", area("policy-text", draft.policy, set("policy"), 14), "YAML; docs/policies.md has the keys"),
            field("Suppose besides", area("policy-suppose", draft.suppose, set("suppose"), 14, "scoring:\n  policy: cheapest\nproviders:\n  sendgrid: {price: 0.001}"),
              "For the back-test alone: blocks scoring and providers")),
          mistakes.length > 0 && h("div", { class: "banner danger", role: "alert", id: "draft-mistakes" }, h("span", { class: "lamp danger" }),
            h("ul", null, mistakes.map((each) => h("li", null, (each.pointer === "/policy" ? "" : words(each.pointer.slice(1)) + ": ") + each.detail)))),
          may("back_test") && h("div", { class: "row" },
            h("button", { class: "button primary", type: "submit", id: "back-test", disabled: busy }, busy ? "Running …" : "Check and back-test")))),
      answer && [
        changes(before, answer.effective),
        backTestReport(answer.back_test),
        panel("Put it in force", { key: "file" },
          h("p", null, "The folder takes it. Save it as ", h("code", null, answer.file), " in ", h("code", null, "policies.dir"), " of each gateway; it is in force within a second."),
          h("div", { class: "row" },
            button("Download", () => download(answer.file, draft.policy), "primary", { id: "download" }),
            button("Copy", () => copy(draft.policy)))),
      ],
    ],
  };
}

const area = (id, value, oninput, rows, placeholder = "") =>
  h("textarea", { id, value, rows, placeholder, spellcheck: "false", oninput: (event) => oninput(event.target.value) });

/** The file as the gateway understood it; comments are lost. */
function yamlOf(policy) {
  const lines = [];
  const { types, channels } = policy.applies_to;
  if (types.length + channels.length > 0) lines.push("applies_to:");
  if (types.length > 0) lines.push(`  types: [${types.map((each) => JSON.stringify(each)).join(", ")}]`);
  if (channels.length > 0) lines.push(`  channels: [${channels.join(", ")}]`);
  for (const [key, { value, source }] of Object.entries(policy.effective)) {
    if (!source.startsWith("policy ")) continue;
    const text = key === "fallback_channels" ? `[${value.replaceAll(",", ", ")}]` : key === "provider" ? JSON.stringify(value) : value;
    lines.push(`${key}: ${text}`);
  }
  return lines.join("\n") + "\n";
}

function changes(before, after) {
  const differing = Object.entries(after).filter(([key, { value }]) => value !== before[key]?.value);
  return panel("What changes", { key: "changes" },
    differing.length === 0 ? empty("No value differs from what is in force.")
      : table("What changes", [
        ["Key", ([key]) => words(key)],
        ["Now", ([key]) => before[key]?.value ?? "–"],
        ["Draft", ([, { value }]) => h("b", null, value ?? "–")],
        ["From", ([, { source }]) => (source.startsWith("policy") ? chip(source, "info") : source)],
      ], differing, ([key]) => key));
}

function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say("Copied.");
  } catch {
    say("This browser does not let a page copy here; download it.", "danger");
  }
}
