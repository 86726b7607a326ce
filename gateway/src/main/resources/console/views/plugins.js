// Plugins: what runs, uploads, former versions and the way back to them.

import { h } from "../dom.js";
import { change, digestOf, get, post, remove } from "../api.js";
import { ago, dateTime, number, plural, title, words } from "../format.js";
import { ask, attempt, button, chip, complain, draw, empty, field, head, input, panel, say } from "../ui.js";
import { may } from "../roles.js";

export function pluginsPage() {
  let all = null;
  let name = "";
  let file = null;
  let busy = false;
  const load = () => attempt(async () => { all = (await get("/api/v1/plugins")).plugins; });
  load();

  const upload = async (event) => {
    event.preventDefault();
    busy = true;
    draw();
    try {
      const { json } = await change("PUT", "/api/v1/plugins/" + encodeURIComponent(name.trim()), {
        body: file, raw: true, headers: { "content-type": "application/java-archive", ...(await digestOf(file)) },
      });
      say(`${json.name ?? name}: ${words(json.outcome ?? "taken")}${json.detail ? ". " + json.detail : ""}`);
      file = null;
    } catch (error) {
      complain(error);
    }
    busy = false;
    load();
  };
  const back = async (plugin, former) => {
    if (!(await ask({ heading: `Roll ${plugin.name} back to ${former.version}?`, text: "Its providers move over without losing a message. If they do not run on it, the present jar stays.", act: "Roll back" }))) return;
    await attempt(() => post(`/api/v1/plugins/${encodeURIComponent(plugin.name)}/rollback`, { sha256: former.sha256 }), (done) => `${plugin.name}: ${words(done.outcome ?? "done")}`);
    load();
  };
  const take = async (plugin) => {
    if (!(await ask({ heading: `Remove ${plugin.name}?`, text: "Its providers end what is under way and stop. The jar is kept, so that it can be put back.", act: "Remove", tone: "danger", word: plugin.name }))) return;
    await attempt(() => remove("/api/v1/plugins/" + encodeURIComponent(plugin.name)), `${plugin.name} was removed`);
    load();
  };

  const card = (plugin) =>
    h("article", { class: "panel provider " + (plugin.state === "running" ? "clear" : plugin.last_error ? "danger" : "caution"), key: plugin.name + plugin.sha256, "aria-label": plugin.name },
      h("div", { class: "row between" },
        h("h3", null, plugin.display_name ?? plugin.name, " ", h("span", { class: "muted" }, plugin.version ?? "")),
        chip(plugin.state, plugin.state === "running" ? "clear" : plugin.state === "refused" || plugin.state === "failed" ? "danger" : "caution")),
      h("div", { class: "row" }, (plugin.channels ?? []).map((each) => h("span", { class: "chip", key: each }, each))),
      plugin.last_error && h("p", { class: "why danger" }, plugin.last_error),
      h("dl", { class: "facts" },
        h("dt", null, "Providers"), h("dd", null, plugin.providers.length === 0 ? "none" : plugin.providers.map((each) => `${each.id} (${words(each.state)})`).join(", ")),
        h("dt", null, "In use"), h("dd", null, plugin.since ? `for ${ago(plugin.since)}` : "–", plugin.by ? `, by ${plugin.by}` : "", plugin.source ? ` (${plugin.source})` : ""),
        h("dt", null, "SHA-256"), h("dd", { class: "mono" }, plugin.sha256 ? plugin.sha256.slice(0, 16) + "…" : "–")),
      plugin.leaked.length > 0 && h("p", { class: "why caution" }, "Still in memory: " + plugin.leaked.join(", ")),
      plugin.previous.length > 0 && h("details", null, h("summary", null, plural(plugin.previous.length, "former version")),
        h("ul", { class: "stack" }, plugin.previous.map((former) =>
          h("li", { class: "row between", key: former.sha256 },
            h("span", null, former.version, " ", h("small", { title: dateTime(former.since) }, `${number(former.bytes / 1024)} KiB, ${ago(former.since)} ago`)),
            may("plugins_change") && button("Roll back", () => back(plugin, former), "small ghost"))))),
      plugin.state !== "removed" && may("plugins_change") && h("div", { class: "acts" }, button("Remove …", () => take(plugin), "small ghost danger")));

  return {
    draw: () => [
      head("Plugins", "A jar is checked before it runs; its providers move to the new version without losing a message."),
      may("plugins_change") && panel("Upload", {},
        h("form", { class: "fields", onsubmit: upload },
          field("Jar", h("input", { type: "file", accept: ".jar", id: "jar", onchange: (event) => { file = event.target.files[0] ?? null; if (file && !name) name = file.name.replace(/[-_]?[\d.]*(-SNAPSHOT)?\.jar$/, ""); draw(); } })),
          field("Name of the plugin", input(name, (value) => { name = value; draw(); }, { id: "plugin-name", required: true })),
          h("button", { class: "button primary", type: "submit", id: "upload", disabled: busy || !file || !name.trim() }, busy ? "Checking …" : "Upload"))),
      all === null ? empty("Loading …") : h("div", { class: "board" }, all.map(card)),
      all?.length === 0 && empty(title("no plugin is there.")),
    ],
  };
}
