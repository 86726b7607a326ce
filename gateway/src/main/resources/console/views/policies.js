// Routing policies, as their files say, and a way to try what would happen to a notification.

import { h } from "../dom.js";
import { get, post } from "../api.js";
import { scoreBar } from "../chart.js";
import { percent, span, title, words } from "../format.js";
import { attempt, chip, draw, empty, field, head, input, panel, select, table } from "../ui.js";
import { may } from "../roles.js";
import { CHANNELS } from "./search.js";

export function policiesPage() {
  let all = null;
  let answer = null;
  const wanted = { channel: "email", notification_type: "order_shipped", priority: "normal" };
  attempt(async () => { all = await get("/api/v1/policies"); });

  const explain = async (event) => {
    event.preventDefault();
    const to = { email: { recipient_email: "nobody@example.com" }, telegram: { recipient_telegram_id: 1 } }[wanted.channel] ?? { recipient_phone: "+4915112345678" };
    const asked = JSON.stringify(wanted);
    await attempt(async () => {
      const given = await post("/api/v1/notifications/explain", { ...wanted, ...to, title: "Trial", message: "Trial" });
      if (asked === JSON.stringify(wanted)) answer = given;
    });
  };
  const set = (name) => (value) => { wanted[name] = value; answer = null; draw(); };

  return {
    draw: () => [
      head("Policies", "They lie in files of the policies folder and take effect within a second; what a file gets wrong is refused and told here.",
        may("back_test") && h("a", { class: "button", href: "#/policy" }, "New draft")),
      may("explain") && panel("What would happen now", { key: "explain" },
        h("form", { class: "fields", onsubmit: explain },
          field("Type", input(wanted.notification_type, set("notification_type"), { required: true })),
          field("Channel", select(wanted.channel, CHANNELS.slice(1, 5), set("channel"))),
          field("Priority", select(wanted.priority, ["urgent", "high", "normal", "low"], set("priority"))),
          h("button", { class: "button primary", type: "submit", id: "explain" }, "Explain")),
        answer && explained(answer)),
      all === null ? empty("Loading …") : [
        (all.refused ?? []).map((each, i) => h("div", { class: "banner danger", key: "refused" + i }, h("span", { class: "lamp danger" }),
          h("div", null, h("b", null, each.file), " is refused, and what it said before stays in force:",
            h("ul", null, each.problems.map((problem) => h("li", null, `${problem.key} ${problem.expected}`.trim())))))),
        (all.warnings ?? []).map((each, i) => h("p", { class: "banner caution", key: "warning" + i }, h("span", { class: "lamp caution" }), `${each.policy}: ${each.key} ${each.value}: ${each.problem}`)),
        h("div", { class: "board wide" }, all.policies.map((policy) => panel(policy.name, { key: policy.name, aside: aside(policy) },
          table(policy.name, [
            ["Key", (row) => words(row[0])],
            ["Value", (row) => String(row[1].value ?? "–")],
            ["From", (row) => row[1].source.startsWith("policy") ? chip(row[1].source, "info") : row[1].source],
          ], Object.entries(policy.effective), (row) => row[0])))),
      ],
    ],
  };
}

const aside = (policy) =>
  h("div", { class: "row" },
    h("small", null, `${policy.file} · ${[...policy.applies_to.types, ...policy.applies_to.channels].join(", ") || "by name"}`),
    may("back_test") && h("a", { class: "button small", href: "#/policy/" + encodeURIComponent(policy.name), "aria-label": `Edit ${policy.name}` }, "Edit"));

function explained(answer) {
  return h("div", { class: "stack", role: "status" },
    h("p", null, h("b", null, title(answer.what)), answer.chosen && [" over ", h("b", null, answer.chosen)], `, policy ${answer.policy.name}`),
    answer.channels.map((channel) =>
      h("div", { class: "candidates", key: channel.channel },
        h("p", { class: "muted" }, `${channel.channel}: ${words(channel.rule)}`),
        channel.candidates.map((each) =>
          h("div", { class: "candidate" + (each.provider === channel.chosen ? " chosen" : ""), key: each.provider },
            h("span", null, each.provider === channel.chosen ? "→ " : "", each.provider),
            h("span", { class: "num" }, each.score.toFixed(1)),
            scoreBar(each.inputs, each.score),
            h("span", { class: "muted" }, each.reason_against ? words(each.reason_against) : `${percent(each.success_rate)} succeeded, ${span(each.average_response_ms)}`))))));
}
