// All that happened to one notification, and why.

import { h } from "../dom.js";
import { get, post } from "../api.js";
import { dateTime, number, percent, plural, span, timeOfDay, title, words } from "../format.js";
import { scoreBar } from "../chart.js";
import { ask, attempt, button, chip, draw, empty, head, panel, toneOf } from "../ui.js";
import { may } from "../roles.js";

const ENDED = ["delivered", "failed", "expired", "cancelled", "dead_letter", "held"];

export function timelinePage({ rest }) {
  const id = rest[0] ?? "";
  let story = null;
  let problem = "";
  let timer = null;
  let left = false;

  const load = async () => {
    clearTimeout(timer);
    try {
      story = await get("/api/v1/notifications/" + encodeURIComponent(id));
      problem = "";
    } catch (error) {
      problem = error.message;
    }
    if (left) return;
    draw();
    clearTimeout(timer);
    if (story && !ENDED.includes(story.state)) timer = setTimeout(load, 1_500);
  };
  load();

  const cancel = async () => {
    if (await ask({ heading: "Cancel it?", text: "What is not sent yet is called back.", act: "Cancel notification", tone: "danger" })) {
      await attempt(() => post(`/api/v1/notifications/${id}/cancel`), (answer) => title(answer.status));
      load();
    }
  };

  return {
    leave: () => {
      left = true;
      clearTimeout(timer);
    },
    draw: () => {
      if (!story) return [head("Notification"), empty(problem || "Loading …")];
      const open = !["sent", ...ENDED].includes(story.state) || story.state === "held";
      return [
        head(story.notification?.title || title(story.notification?.notification_type) || "Notification", null,
          chip(story.state), open && may("cancel") && button("Cancel", cancel, "danger small")),
        h("div", { class: "board-top top-aligned" },
          panel("What happened", {}, steps(story)),
          h("div", { class: "stack" },
            panel("Notification", {}, facts(story)),
            story.notification && panel("As it was sent in", {},
              h("details", null, h("summary", null, "JSON"), h("pre", { tabindex: "0" }, JSON.stringify(story.notification, null, 2)))))),
      ];
    },
  };
}

function facts(story) {
  const n = story.notification ?? {};
  const rows = [
    ["Id", h("code", null, story.id)],
    ["State", h("span", null, chip(story.state), story.reason ? " " + words(story.reason) : "")],
    ["Type", n.notification_type],
    ["Channel", n.channel],
    ["Recipient", [n.recipient_email, n.recipient_phone, n.recipient_telegram_id].filter(Boolean).join(", ")],
    ["Sender", [n.from_name, n.from_email && `<${n.from_email}>`].filter(Boolean).join(" ")],
    ["Answers to", (n.reply_to ?? []).map((one) => (one.name ? `${one.name} <${one.email}>` : one.email ?? one)).join(", ")],
    ["Priority", n.priority],
    ["Accepted", dateTime(story.accepted_at)],
    ["Next round", story.due_at && !ENDED.includes(story.state) ? dateTime(story.due_at) : null],
    ["Round", story.round],
    ["Sent in by", story.subject],
    ["Possible duplicate", story.possible_duplicate ? "yes" : "no"],
    ["Contents", story.contents_removed ? "removed for their age" : null],
  ];
  return h("dl", { class: "facts" }, rows.filter(([, value]) => value !== null && value !== undefined && value !== "").map(([name, value]) => [h("dt", null, name), h("dd", null, value)]));
}

function steps(story) {
  const all = [
    { at: story.accepted_at, order: 0, tone: "info", what: [h("p", null, h("b", null, "Accepted"), " and stored durably")] },
    ...story.attempts.map((each) => ({ at: each.started_at, order: 1, tone: toneOf(each.outcome), what: attemptOf(each) })),
    ...story.receipts.map((each) => ({ at: each.received_at, order: 2, tone: toneOf(each.status), what: receiptOf(each) })),
    ...story.events.map((each) => ({ at: each.at, order: 3, tone: "", what: [h("p", null, h("b", null, title(each.event)), each.detail ? ": " + each.detail : "")] })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.order - b.order);
  return h("ol", { class: "timeline" }, all.map((each, i) =>
    h("li", { class: "step", key: i },
      h("time", { datetime: each.at }, timeOfDay(each.at)),
      h("span", { class: "track", "aria-hidden": "true" }, h("span", { class: "lamp " + each.tone })),
      h("div", { class: "what" }, each.what))));
}

function receiptOf(receipt) {
  const details = [receipt.provider_status, receipt.provider_code, receipt.provider_text].filter(Boolean).join(" · ");
  return [h("p", null, chip(receipt.status), " reported by ", h("b", null, receipt.provider), ` of attempt ${receipt.attempt}`),
    details && h("small", null, details)];
}

function attemptOf(attempt) {
  const answer = [attempt.http_status && "HTTP " + attempt.http_status, attempt.provider_code, attempt.provider_message].filter(Boolean).join(" · ");
  return [
    h("p", null, h("b", null, `Attempt ${attempt.number}`), ` over ${attempt.channel} at `, h("b", null, attempt.provider), " ", chip(attempt.outcome),
      attempt.duration_ms !== undefined && ` in ${span(attempt.duration_ms)}`,
      attempt.possible_duplicate && [" ", chip("possible duplicate", "caution")]),
    answer && h("p", { class: "muted" }, answer),
    attempt.next && h("p", null, "Then: ", words(attempt.next)),
    decision(attempt),
  ];
}

function decision(attempt) {
  const { decision: made } = attempt;
  if (!made) return null;
  const candidates = made.ranking?.candidates ?? [];
  const out = new Map(made.excluded.map((each) => [each.provider, each.reason]));
  const unranked = made.excluded.filter((each) => !candidates.some((c) => c.provider === each.provider));
  return h("details", { class: "decision", oncreate: (element) => { element.open = true; } },
    h("summary", null, "Why ", attempt.provider, ": ", words(made.rule), made.policy ? `, policy ${made.policy}` : "",
      candidates.length > 0 ? ` of ${plural(candidates.length, "candidate")}` : ""),
    h("div", { class: "candidates" },
      candidates.map((each) =>
        h("div", { class: "candidate" + (each.provider === attempt.provider ? " chosen" : ""), key: each.provider },
          h("span", null, each.provider === attempt.provider ? "→ " : "", each.provider),
          h("span", { class: "num" }, each.score.toFixed(1)),
          scoreBar(each.inputs, each.score),
          h("span", { class: "muted" }, out.has(each.provider) ? "left out: " + words(out.get(each.provider))
            : (each.provider === attempt.provider ? "chosen · " : "") + record(each)))),
      unranked.map((each) => h("div", { class: "candidate", key: each.provider }, h("span", null, each.provider), h("span", null, "–"), h("span", null), h("span", { class: "muted" }, "left out: " + words(each.reason))))),
    candidates.length > 0 && h("details", null, h("summary", null, "Every figure"), figures(candidates)));
}

const record = (each) =>
  each.attempts === 0 ? "not tried before"
    : `${percent(each.success_rate)} of ${number(each.attempts)} succeeded, ${span(each.average_response_ms)}`;

const figures = (candidates) =>
  h("pre", { tabindex: "0" }, candidates.map((each) =>
    `${each.provider}  ${each.score}\n` + each.inputs.map((part) => `  ${part.name.padEnd(16)} ${String(part.value).padStart(8)} × ${part.weight} = ${part.points}`).join("\n")).join("\n\n"));
