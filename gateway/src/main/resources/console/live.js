// Server-sent events over fetch: EventSource could not send the token in a header.

import { bearer, signOut } from "./api.js";

const SILENCE_MILLIS = 8_000;
const KEPT = 120;

/** What the gateway told last; `connection` is one of connecting, live, lost; `refusal` why it does not tell. */
export const live = {
  connection: "connecting",
  refusal: "",
  caller: null,
  health: null,
  flow: null,
  providers: null,
  flowHistory: [],
  providerHistory: {},
  at: 0,
};

let changed = () => {};
let stop = null;
let attempt = 0;

export function onChange(handler) {
  changed = handler;
}

export function begin() {
  end();
  const control = new AbortController();
  stop = () => control.abort();
  attempt = 0;
  run(control.signal);
}

export function end() {
  stop?.();
  stop = null;
  Object.assign(live, {
    connection: "connecting", refusal: "", caller: null, health: null, flow: null, providers: null,
    flowHistory: [], providerHistory: {},
  });
}

async function run(signal) {
  while (!signal.aborted) {
    try {
      await listen(signal);
    } catch {
      // Told by the state of the connection.
      live.refusal = "";
    }
    if (signal.aborted) return;
    live.connection = "lost";
    changed();
    attempt += 1;
    await pause(Math.min(10_000, 500 * 2 ** Math.min(attempt, 5)), signal);
  }
}

async function listen(signal) {
  const silent = new AbortController();
  const abort = () => silent.abort();
  signal.addEventListener("abort", abort);
  let watch = setTimeout(abort, SILENCE_MILLIS);
  try {
    const response = await fetch("/api/v1/events", {
      headers: { authorization: "Bearer " + bearer(), accept: "text/event-stream" },
      signal: silent.signal,
      cache: "no-store",
    });
    if (response.status === 401) {
      signOut("The gateway does not know this token.");
      return;
    }
    if (!response.ok) {
      const problem = await response.json().catch(() => ({}));
      live.refusal = problem.detail || `The gateway answered ${response.status}.`;
      return;
    }
    attempt = 0;
    live.refusal = "";
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      clearTimeout(watch);
      watch = setTimeout(abort, SILENCE_MILLIS);
      rest += value;
      const blocks = rest.split("\n\n");
      rest = blocks.pop();
      blocks.forEach(take);
      if (blocks.length > 0) changed();
    }
  } finally {
    clearTimeout(watch);
    signal.removeEventListener("abort", abort);
  }
}

function take(block) {
  let event = "message";
  let data = "";
  for (const line of block.split("\n")) {
    if (line.startsWith("event: ")) event = line.slice(7);
    else if (line.startsWith("data: ")) data += line.slice(6);
  }
  if (!data) return;
  const json = JSON.parse(data);
  live.connection = "live";
  live.at = Date.now();
  if (event === "caller") live.caller = json;
  else if (event === "health") live.health = json;
  else if (event === "flow") {
    live.flow = json;
    append(live.flowHistory, json.per_second);
  } else if (event === "providers") {
    live.providers = json.providers;
    live.now = json.live;
    for (const [id, second] of Object.entries(json.live)) {
      append((live.providerHistory[id] ??= []), second);
    }
  } else if (event === "history") {
    live.flowHistory = json.flow || [];
    live.providerHistory = json.providers || {};
  }
}

function append(list, point) {
  if (list.length > 0 && list[list.length - 1].at === point.at) return;
  list.push(point);
  if (list.length > KEPT) list.shift();
}

function pause(millis, signal) {
  return new Promise((done) => {
    const timer = setTimeout(done, millis);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    });
  });
}
