// The shell: who is signed in, which page is shown, what is drawn.

import { h, patch } from "./dom.js";
import { hasToken, onSignedOut, signOut } from "./api.js";
import * as stream from "./live.js";
import { live } from "./live.js";
import { onRedraw, toastList } from "./ui.js";
import { words } from "./format.js";
import { may } from "./roles.js";
import { signInPage } from "./views/sign-in.js";
import { boardPage, modeTone } from "./views/board.js";
import { PAGES } from "./pages.js";

const root = document.getElementById("app");
let page = null;
let pageOf = null;
let asked = false;

/** Draws everything once before the next paint, however often it was asked for. */
function redraw() {
  if (asked) return;
  asked = true;
  const paint = () => {
    if (!asked) return;
    asked = false;
    draw();
  };
  // In a tab that nobody looks at there is no next paint.
  if (document.hidden) setTimeout(paint, 0);
  else requestAnimationFrame(paint);
}

function place() {
  const [path, search = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name = "", ...rest] = path.split("/").map(decodeURIComponent);
  return { name, rest, values: Object.fromEntries(new URLSearchParams(search)) };
}

function current() {
  const where = location.hash;
  if (page && pageOf === where) return page;
  page?.leave?.();
  pageOf = where;
  const { name, rest, values } = place();
  const make = PAGES.find((each) => each.path === name)?.make ?? (name === "" ? boardPage : null);
  page = make ? make({ rest, values }) : { draw: () => h("p", { class: "empty" }, "There is no such page.") };
  document.title = (PAGES.find((each) => each.path === name)?.title ?? "Board") + " · Signalbox";
  return page;
}

function draw() {
  if (!hasToken()) {
    patch(root, [signInPage(redraw, begin), toastList()]);
    return;
  }
  patch(root, [shell(), toastList()]);
}

function shell() {
  const { name } = place();
  // First, since it may make another page, which gets elements of its own.
  const shown = live.caller ? current() : null;
  const mode = live.health?.degradation_mode;
  const entry = (path, title) =>
    h("a", { href: "#/" + path, "aria-current": name === path ? "page" : null, key: path }, title);
  const groups = [...new Set(PAGES.map((each) => each.group))];
  return h("div", { class: "shell" },
    h("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); document.getElementById("main").focus(); } }, "Skip to content"),
    h("header", { class: "top" },
      h("a", { class: "brand", href: "#/" }, h("img", { src: "logo.svg", alt: "" }), h("span", null, "Signalbox")),
      mode && h("span", { class: "chip " + modeTone(mode), id: "mode" }, h("span", { class: "lamp " + modeTone(mode) }), words(mode)),
      h("span", { class: "grow" }),
      connection(),
      h("span", { class: "who muted" }, live.caller ? `${live.caller.subject} · ${live.caller.roles.join(", ")}` : ""),
      h("button", { class: "button small ghost", type: "button", id: "theme", onclick: switchTheme, "aria-label": "Switch between dark and light" }, isDark() ? "Light" : "Dark"),
      h("button", { class: "button small ghost", type: "button", id: "sign-out", onclick: () => signOut() }, "Sign out")),
    h("nav", { class: "side", "aria-label": "Pages" },
      h("h2", null, "Now"),
      entry("", "Board"),
      groups.map((group) => {
        const shown = PAGES.filter((each) => each.group === group && !each.hidden && may(each.right));
        return shown.length > 0 && [h("h2", { key: group }, group), shown.map((each) => entry(each.path, each.title))];
      })),
    h("main", { id: "main", tabindex: "-1", "data-page": location.hash }, refused(), shown ? h("div", { class: "stack", key: pageOf }, shown.draw()) : waiting()));
}

const refused = () =>
  live.refusal && h("p", { class: "banner danger", role: "alert", id: "refusal", key: "refusal" }, h("span", { class: "lamp danger" }), "The gateway tells nothing: " + live.refusal);

const waiting = () =>
  !live.refusal && h("p", { class: "empty" }, live.connection === "lost" ? "The gateway does not answer. Trying again …" : "Connecting …");

function connection() {
  const tone = { live: "clear", connecting: "caution", lost: "danger" }[live.connection];
  const text = { live: "Live", connecting: "Connecting", lost: live.refusal ? "Refused" : "Connection lost" }[live.connection];
  return h("span", { class: "chip " + (tone === "clear" ? "" : tone), id: "connection", role: "status" }, h("span", { class: "lamp " + tone }), h("span", null, text));
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : !matchMedia("(prefers-color-scheme: light)").matches;
}

function switchTheme() {
  const next = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem("signalbox.theme", next);
  } catch {
    // Then it holds until the page is loaded again.
  }
  redraw();
}

function begin() {
  page = null;
  stream.begin();
  redraw();
}

onRedraw(redraw);
stream.onChange(redraw);
onSignedOut((reason) => {
  stream.end();
  page?.leave?.();
  page = null;
  signInPage.reason = reason ?? "";
  redraw();
});
addEventListener("hashchange", () => {
  redraw();
  document.getElementById("main")?.focus({ preventScroll: true });
  scrollTo(0, 0);
});
// A page that the browser keeps for the way back would hold its stream.
addEventListener("pagehide", () => stream.end());
addEventListener("pageshow", (event) => {
  if (event.persisted && hasToken()) begin();
});
if (hasToken()) stream.begin();
redraw();
