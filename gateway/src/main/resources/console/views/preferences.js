// Routing preferences: for all channels, and what differs on single ones. In force at once.

import { h } from "../dom.js";
import { change, getTagged } from "../api.js";
import { title, words } from "../format.js";
import { attempt, button, chip, complain, draw, empty, head, panel, say, table } from "../ui.js";
import { may } from "../roles.js";

const NUMBERS = {
  retry_attempts: [0, 99, 1], retry_delay_ms: [1, 3_600_000, 1], min_success_rate: [0, 100, 0.1],
  max_response_time_ms: [1, 600_000, 1], health_weight: [0, 100, 0.1], priority_weight: [0, 100, 0.1],
  response_weight: [0, 100, 0.1], load_weight: [0, 100, 0.1], health_success_share: [0, 100, 0.1],
};
const WORDS = { policy: ["weighted", "adjusted", "cheapest"], strategy: ["best", "weighted"], fallback_enabled: ["true", "false"] };
const NAMES = ["preferred_provider", "fallback_enabled", "policy", "strategy", ...Object.keys(NUMBERS)];

export function preferencesPage() {
  let stored = null;
  let etag = null;
  let channel = "";
  let edited = {};
  const load = () => attempt(async () => {
    const answer = await getTagged("/api/v1/preferences");
    stored = answer.json;
    etag = answer.etag;
    edited = {};
  });
  load();

  const set = () => (channel ? stored.channels[channel] ?? {} : stored);
  const value = (name) => (name in edited ? edited[name] : set()[name] ?? null);
  const save = async (event) => {
    event.preventDefault();
    const body = channel ? { channels: { [channel]: edited } } : edited;
    try {
      const answer = await change("PATCH", "/api/v1/preferences", { body, headers: etag ? { "if-match": etag } : {} });
      stored = answer.json;
      etag = answer.etag;
      edited = {};
      say("In force now.");
    } catch (error) {
      complain(error);
      if (error.status === 412) load();
    }
    draw();
  };
  const put = (name, text) => {
    edited[name] = text === "" ? null : name in NUMBERS ? Number(text) : name === "fallback_enabled" ? text === "true" : text;
    draw();
  };

  const editor = (name) => {
    const now = value(name);
    const text = now === null ? "" : String(now);
    const inherited = channel ? stored[name] ?? stored.effective[channel]?.[name] : stored.effective.email?.[name];
    const hint = inherited === null || inherited === undefined ? "none" : String(inherited);
    const control = name in WORDS
      ? h("select", { id: "pref-" + name, value: text, onchange: (event) => put(name, event.target.value) },
        [h("option", { value: "", key: "", selected: text === "" }, `(${hint})`), WORDS[name].map((each) => h("option", { value: each, key: each, selected: each === text }, each))])
      : h("input", { id: "pref-" + name, type: name in NUMBERS ? "number" : "text", value: text, placeholder: hint, min: NUMBERS[name]?.[0], max: NUMBERS[name]?.[1], step: NUMBERS[name]?.[2], oninput: (event) => put(name, event.target.value) });
    return h("label", { class: "field", key: name }, h("span", null, title(name), name in edited && [" ", chip("changed", "info")]), control);
  };

  return {
    draw: () => {
      if (!stored) return [head("Preferences"), empty("Loading …")];
      const channels = Object.keys(stored.effective);
      return [
        head("Preferences", "How providers are scored and tried. What is left empty comes from the next wider place, the configuration at last."),
        may("preferences_change") && panel("Edit", {},
          h("div", { class: "row", role: "group", "aria-label": "Where" },
            ["", ...channels].map((name) =>
              h("button", { class: "button small" + (name === channel ? "" : " ghost"), type: "button", key: name, "aria-pressed": String(name === channel), onclick: () => { channel = name; edited = {}; draw(); } }, name || "All channels"))),
          h("form", { class: "stack", onsubmit: save },
            h("div", { class: "fields" }, NAMES.map(editor)),
            h("div", { class: "row" },
              h("button", { class: "button primary", type: "submit", id: "save", disabled: Object.keys(edited).length === 0 }, "Save"),
              button("Undo", () => { edited = {}; draw(); }, "ghost", { disabled: Object.keys(edited).length === 0 })))),
        panel("In force", { key: "effective" },
          table("Preferences in force", [["Preference", (name) => words(name)], ...channels.map((each) => [each, (name) => String(stored.effective[each][name] ?? "–")])], NAMES, (name) => name)),
      ];
    },
  };
}
