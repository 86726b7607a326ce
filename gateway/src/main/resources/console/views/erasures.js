// Recipients that are forgotten: the order, how far it is, and the proof that stays.

import { h } from "../dom.js";
import { get, post } from "../api.js";
import { dateTime, number } from "../format.js";
import { ask, attempt, chip, complain, draw, empty, field, head, input, panel, select, table } from "../ui.js";
import { may } from "../roles.js";
import { CHANNELS } from "./search.js";

export function erasuresPage() {
  const fresh = { channel: "email", recipient: "" };
  let all = null;
  let timer = null;
  let left = false;
  const load = async () => {
    clearTimeout(timer);
    try {
      all = (await get("/api/v1/erasures")).erasures;
    } catch (error) {
      if (!all) complain(error);
    }
    if (left) return;
    draw();
    clearTimeout(timer);
    if (all?.some((each) => each.status === "running")) timer = setTimeout(load, 2_000);
  };
  load();

  const order = async (event) => {
    event.preventDefault();
    const body = { channel: fresh.channel, recipient: fresh.recipient.trim() };
    if (!(await ask({
      heading: "Forget this recipient?", act: "Forget", tone: "danger", word: "forget",
      text: `${body.recipient}: address, contents and providers' words are taken out of everything on all channels, and what is not sent yet is called back. This cannot be taken back.`,
    }))) return;
    if (await attempt(() => post("/api/v1/recipients/erase", body), "It is being forgotten.")) fresh.recipient = "";
    load();
  };
  const set = (name) => (value) => { fresh[name] = value; draw(); };

  return {
    leave: () => {
      left = true;
      clearTimeout(timer);
    },
    draw: () => [
      head("Erasures", "Recipients that are forgotten. Counts, ids, times and outcomes stay, and so does the suppression list."),
      may("erasures_change") && panel("Forget a recipient", { key: "order" },
        h("form", { class: "fields", onsubmit: order },
          field("Channel of the address", select(fresh.channel, CHANNELS.slice(1, 5), set("channel"))),
          field("Recipient, whole", input(fresh.recipient, set("recipient"), { id: "erase-recipient", required: true })),
          h("button", { class: "button danger", type: "submit", id: "erase" }, "Forget …"))),
      panel("Orders", { key: "list" },
        all === null ? empty("Loading …") : all.length === 0 ? empty("Nobody was forgotten.")
          : table("Erasures", [
            ["Order", (row) => h("code", null, row.id)],
            ["Status", (row) => chip(row.status)],
            ["Notifications", (row) => number(row.notifications), "num"],
            ["Called back", (row) => number(row.cancelled), "num"],
            ["Still to follow", (row) => number(row.waiting + row.unreadable), "num"],
            ["Ordered by", (row) => row.created_by],
            ["Ordered", (row) => dateTime(row.created_at)],
            ["Done", (row) => (row.ended_at ? dateTime(row.ended_at) : "–")],
          ], all, (row) => row.id)),
    ],
  };
}
