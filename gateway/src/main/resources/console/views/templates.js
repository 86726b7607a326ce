// Templates: texts by language, in versions. Each opens its own page.

import { h } from "../dom.js";
import { get } from "../api.js";
import { dateTime } from "../format.js";
import { attempt, empty, head, panel, table } from "../ui.js";

export function templatesPage() {
  let all = null;
  attempt(async () => { all = (await get("/api/v1/templates")).templates; });
  return {
    draw: () => [
      head("Templates", "Texts that the data of a notification fill, by language. What was accepted keeps the version that it came with."),
      panel("Templates", { key: "list" },
        all === null ? empty("Loading …") : all.length === 0 ? empty("There is no template. The API makes them: PUT /api/v1/templates/{name}.")
          : table("Templates", [
            ["Name", (row) => h("a", { href: "#/template/" + encodeURIComponent(row.name) }, row.name)],
            ["Version", (row) => row.version, "num"],
            ["Languages", (row) => row.locales.join(", ")],
            ["What for", (row) => row.description ?? ""],
            ["Since", (row) => dateTime(row.created_at)],
            ["By", (row) => row.created_by],
          ], all, (row) => row.name)),
    ],
  };
}
