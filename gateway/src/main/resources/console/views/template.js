// One template: its versions, its texts, and what they come to with some data.

import { h } from "../dom.js";
import { change, get, post, query, remove } from "../api.js";
import { ago, dateTime } from "../format.js";
import { ask, attempt, button, chip, draw, empty, field, head, panel, say, select, table } from "../ui.js";
import { may } from "../roles.js";

export function templatePage({ rest }) {
  const name = rest[0] ?? "";
  const path = "/api/v1/templates/" + encodeURIComponent(name);
  let versions = null;
  let shown = null;
  let locale = "";
  let data = "{}";
  let rendered = null;

  const show = (version) => attempt(async () => {
    const found = await get(path + query({ version }));
    shown = found;
    rendered = null;
    if (!(locale in found.locales)) locale = found.default_locale;
  });
  const load = () => attempt(async () => {
    versions = (await get(path + "/versions")).versions;
    await show(versions[0].version);
  });
  load();

  const preview = async (event) => {
    event.preventDefault();
    let values;
    try {
      values = JSON.parse(data);
    } catch {
      say("The data are no JSON.", "danger");
      return;
    }
    await attempt(async () => { rendered = await post(path + "/preview", { template_version: shown.version, locale, data: values }); });
  };
  const restore = async () => {
    if (!(await ask({ heading: `Use version ${shown.version} again?`, text: "It becomes the newest version; notifications that come from now on have its texts.", act: "Use it" }))) return;
    const { description, default_locale, locales } = shown;
    await attempt(() => change("PUT", path, { body: { ...(description ? { description } : {}), default_locale, locales } }), "It is the newest version now.");
    load();
  };
  const drop = async () => {
    if (!(await ask({ heading: `Remove ${name}?`, text: "All its versions. What was accepted before is sent all the same.", act: "Remove", tone: "danger", word: name }))) return;
    if (await attempt(() => remove(path), "It is removed.")) location.hash = "#/templates";
  };

  return {
    draw: () => {
      if (!shown || !versions) return [head(name), empty("Loading …")];
      const newest = versions[0].version;
      return [
        head(name, shown.description, h("a", { class: "button", href: "#/templates" }, "All templates"),
          may("templates_change") && button("Remove …", drop, "danger")),
        h("div", { class: "board-top top-aligned" },
          h("div", { class: "stack" },
            panel(`Version ${shown.version}`, { key: "texts", aside: shown.version === newest ? chip("newest", "clear") : may("templates_change") && button("Use it again …", restore, "small") },
              field("Language", select(locale, Object.keys(shown.locales), (value) => { locale = value; rendered = null; draw(); }, { id: "template-locale" })),
              texts(shown.locales[locale] ?? {})),
            panel("Preview", { key: "preview" },
              h("form", { class: "stack", onsubmit: preview },
                field("Data, as JSON", h("textarea", { id: "template-data", value: data, spellcheck: "false", oninput: (event) => { data = event.target.value; rendered = null; draw(); } })),
                h("div", { class: "row" }, h("button", { class: "button primary", type: "submit", id: "preview" }, "Preview"))),
              rendered && h("div", { role: "status", id: "rendered" }, texts(rendered)))),
          panel("Versions", { key: "versions" },
            table("Versions", [
              ["Version", (row) => button(String(row.version), () => show(row.version), "small" + (row.version === shown.version ? " primary" : " ghost"), { "aria-pressed": String(row.version === shown.version) })],
              ["Languages", (row) => row.locales.join(", ")],
              ["Since", (row) => h("span", { title: dateTime(row.created_at) }, ago(row.created_at), " ago")],
              ["By", (row) => row.created_by],
            ], versions, (row) => row.version))),
      ];
    },
  };
}

/** Texts as they are: what would be HTML in a mail is shown as its source. */
const texts = (parts) =>
  h("dl", { class: "facts" }, ["title", "message", "html"].filter((part) => parts[part]).map((part) =>
    [h("dt", null, part), h("dd", null, part === "title" ? parts[part] : h("pre", { tabindex: "0" }, parts[part]))]));
