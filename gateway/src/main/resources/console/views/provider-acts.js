// What can be done to a provider.

import { post } from "../api.js";
import { ask, complain, draw, say } from "../ui.js";

export const ACTS = [
  { name: "reset", text: "Reset", fits: () => true, done: "Its breaker is closed and its failures are forgotten." },
  { name: "open", text: "Open", tone: "danger", fits: (p) => p.breaker.state !== "open",
    asks: "It gets no work until its breaker is reset or closes by itself.", done: "Its breaker is open." },
  { name: "drain", text: "Drain", tone: "danger", fits: (p) => p.stage === "active",
    asks: "It ends what it has and takes nothing new until it is enabled.", done: "It drains." },
  { name: "enable", text: "Enable", fits: (p) => p.stage !== "active", done: "It takes work again." },
  { name: "check", text: "Check", fits: () => true },
];

export async function command(id, act) {
  if (act.asks && !(await ask({ heading: `${act.text} ${id}?`, text: act.asks, act: act.text, tone: "danger" }))) return;
  try {
    const result = await post(`/api/v1/providers/${encodeURIComponent(id)}/${act.name}`);
    say(`${id}: ${act.done ?? (result.healthy ? "well" : "not well")}${result.detail ? " " + result.detail : ""}`, result.healthy === false ? "danger" : "clear");
  } catch (error) {
    complain(error);
  }
  draw();
}
