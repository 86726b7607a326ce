// What all pages share: messages, questions, tables, labels.

import { h, patch } from "./dom.js";
import { ApiError } from "./api.js";
import { words } from "./format.js";

let redraw = () => {};
const toasts = [];

export function onRedraw(handler) {
  redraw = handler;
}
export const draw = () => redraw();

/** Says something for a few seconds; errors stay longer. */
export function say(text, tone = "clear") {
  const toast = { text, tone, id: Math.random() };
  toasts.push(toast);
  if (toasts.length > 4) toasts.shift();
  redraw();
  setTimeout(() => {
    const at = toasts.indexOf(toast);
    if (at >= 0) toasts.splice(at, 1);
    redraw();
  }, tone === "danger" ? 12_000 : 5_000);
}

export const toastList = () =>
  h("div", { class: "toasts", role: "status", "aria-live": "polite" },
    toasts.map((toast) => h("div", { class: "toast " + toast.tone, key: toast.id }, toast.text)));

export function complain(error) {
  if (!(error instanceof ApiError)) {
    console.error(error);
    say("The console made a mistake: " + error.message, "danger");
    return;
  }
  const fields = error.fields
    .slice(0, 3)
    .map((each) => `${each.pointer || each.field || ""} ${each.detail || each.message || ""}`.trim());
  say([error.message, ...fields].join(" · "), "danger");
}

/** Does something that may fail, and says so. Returns whether it was done. */
export async function attempt(work, done) {
  try {
    const result = await work();
    if (done) say(typeof done === "function" ? done(result) : done);
    return true;
  } catch (error) {
    complain(error);
    return false;
  } finally {
    redraw();
  }
}

/** Asks before something that matters is done. */
export function ask({ heading, text, act, tone = "primary", word }) {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-labelledby", "question");
    let typed = "";
    const answer = (yes) => {
      dialog.close();
      dialog.remove();
      resolve(yes);
    };
    const show = () =>
      patch(dialog,
        h("form", { onsubmit: (event) => { event.preventDefault(); answer(true); } },
          h("h2", { id: "question" }, heading),
          h("p", null, text),
          word && h("label", { class: "field" }, h("span", null, `Type ${word} to go on`),
            h("input", { value: typed, autocomplete: "off", oninput: (event) => { typed = event.target.value; show(); } })),
          h("div", { class: "row" },
            h("button", { class: "button " + tone, type: "submit", disabled: Boolean(word) && typed !== word }, act),
            h("button", { class: "button ghost", type: "button", onclick: () => answer(false) }, "Not now"))));
    dialog.oncancel = (event) => { event.preventDefault(); answer(false); };
    show();
    document.body.append(dialog);
    dialog.showModal();
  });
}

export const head = (title, text, ...acts) =>
  h("div", { class: "page-head" },
    h("div", null, h("h1", null, title), text && h("p", null, text)),
    h("div", { class: "row" }, ...acts));

export const panel = (title, props, ...children) =>
  h("section", { class: "panel " + (props?.class || ""), "aria-label": title, key: props?.key },
    h("header", null, h("h2", null, title), props?.aside),
    ...children);

export const empty = (text) => h("p", { class: "empty" }, text);

/** A table; columns are [heading, cell of a row, class]. */
export const table = (label, columns, rows, keyOf) =>
  h("div", { class: "table-wrap", tabindex: "0", role: "region", "aria-label": label },
    h("table", null,
      h("thead", null, h("tr", null, columns.map(([name, , type]) => h("th", { scope: "col", class: type }, name)))),
      h("tbody", null, rows.map((row, i) =>
        h("tr", { key: keyOf ? keyOf(row) : i }, columns.map(([, cell, type]) => h("td", { class: type }, cell(row))))))));

export const button = (text, onclick, type = "", more = {}) =>
  h("button", { class: "button " + type, type: "button", onclick, ...more }, text);

export const field = (label, input, note, bad) =>
  h("label", { class: "field" }, h("span", null, label), input, note && h("small", { class: bad ? "bad" : "" }, note));

export const select = (value, options, onchange, more = {}) =>
  h("select", { value, onchange: (event) => onchange(event.target.value), ...more },
    options.map((each) => {
      const [name, text] = Array.isArray(each) ? each : [each, each === "" ? "any" : words(each)];
      return h("option", { value: name, key: name, selected: name === value }, text);
    }));

export const input = (value, oninput, more = {}) =>
  h("input", { type: "text", value, autocomplete: "off", oninput: (event) => oninput(event.target.value), ...more });

const TONES = {
  delivered: "clear", sent: "clear", healthy: "clear", closed: "clear", normal: "clear", active: "clear",
  opened: "clear", read: "clear", clicked: "clear", done: "clear", succeeded: "clear", passed: "clear",
  completed: "clear", enabled: "clear", ok: "clear",
  queued: "info", scheduled: "info", processing: "info", running: "info", accepted: "info", under_way: "info",
  held: "caution", degraded: "caution", half_open: "caution", partial: "caution", throttled: "caution",
  draining: "caution", deferred: "caution", unknown: "caution", cancelled: "", expired: "danger",
  failed: "danger", dead_letter: "danger", open: "danger", unavailable: "danger", rejected: "danger",
  transient: "danger", provider_fault: "danger", bounced: "danger", complained: "danger", critical: "danger",
  refused: "danger", aborted: "caution", disabled: "caution",
};
export const toneOf = (word) => TONES[String(word).toLowerCase().replaceAll(" ", "_").replaceAll("-", "_")] ?? "";
export const chip = (word, tone = toneOf(word)) => h("span", { class: "chip " + tone }, words(word));
