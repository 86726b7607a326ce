// Sign-in by a token. It is tried at once, so that a mistake is told here.

import { h } from "../dom.js";
import { signIn } from "../api.js";
import { input } from "../ui.js";

let typed = "";
let busy = false;

export function signInPage(redraw, begin) {
  const submit = async (event) => {
    event.preventDefault();
    const token = typed.trim();
    busy = true;
    signInPage.reason = "";
    redraw();
    try {
      const answer = await fetch("/api/v1/events", { headers: { authorization: "Bearer " + token, accept: "application/json" } });
      if (answer.ok) {
        typed = "";
        signIn(token);
        begin();
      } else {
        const problem = await answer.json().catch(() => ({}));
        signInPage.reason = answer.status === 401 ? "The gateway does not take this token." : problem.detail || `The gateway answered ${answer.status}.`;
      }
    } catch {
      signInPage.reason = /[^\x20-\x7e]/.test(token) ? "This is not a token." : "The gateway cannot be reached.";
    }
    busy = false;
    redraw();
  };
  return h("main", { class: "sign-in" },
    h("form", { onsubmit: submit },
      h("img", { src: "logo.svg", alt: "" }),
      h("div", null, h("h1", null, "Signalbox"), h("p", { class: "muted" }, "Sign in with a token or an API key.")),
      h("label", { class: "field" }, h("span", null, "Token"),
        input(typed, (value) => { typed = value; redraw(); }, { type: "password", id: "token", autocomplete: "off", spellcheck: "false", required: true, "aria-describedby": "token-help" })),
      signInPage.reason && h("p", { class: "banner danger", role: "alert" }, h("span", { class: "lamp danger" }), signInPage.reason),
      h("button", { class: "button primary", type: "submit", id: "sign-in", disabled: busy || !typed.trim() }, busy ? "Signing in …" : "Sign in"),
      h("small", { id: "token-help" }, "Make one on the server: ", h("code", null, "signalbox token --role manager"), ". It is kept for this tab only.")));
}
signInPage.reason = "";
