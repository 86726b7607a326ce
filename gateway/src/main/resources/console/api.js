// Calls of the gateway's own API, with the token of who looks. The token is kept for this tab only.

const KEY = "signalbox.token";
let token = sessionStorage.getItem(KEY);
let signedOut = () => {};

export const hasToken = () => token !== null;
export const bearer = () => token;

/** Called when the gateway does not take the token any more. */
export function onSignedOut(handler) {
  signedOut = handler;
}

export function signIn(value) {
  token = value;
  sessionStorage.setItem(KEY, value);
}

export function signOut(reason) {
  token = null;
  sessionStorage.removeItem(KEY);
  signedOut(reason);
}

/** What the gateway answered instead of doing it. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `The gateway answered ${status}`);
    this.status = status;
    this.problem = problem;
    this.fields = problem.errors || [];
  }
}

/** The header with which the gateway checks that a file came whole; not where a browser has no digests, over plain HTTP. */
export async function digestOf(file) {
  if (!crypto.subtle) return {};
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return { "content-digest": `sha-256=:${btoa(String.fromCharCode(...bytes))}:` };
}

/** A query string of what has a value. */
export function query(values) {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== "" && value !== null && value !== undefined) all.set(name, value);
  }
  const text = all.toString();
  return text ? "?" + text : "";
}

async function send(method, path, { body, headers = {}, raw = false } = {}) {
  const all = { authorization: "Bearer " + token, accept: "application/json", ...headers };
  let payload = body;
  if (body !== undefined && !raw) {
    all["content-type"] = "application/json";
    payload = JSON.stringify(body);
  }
  if (method !== "GET" && !raw) {
    // A press that the network repeats is one act.
    all["idempotency-key"] = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  let response;
  try {
    response = await fetch(path, { method, headers: all, body: payload, cache: "no-store" });
  } catch {
    throw new ApiError(0, { detail: "The gateway cannot be reached." });
  }
  const text = await response.text();
  let json = null;
  try {
    json = text ? JSON.parse(text) : {};
  } catch {
    json = { detail: text.slice(0, 200) };
  }
  if (response.status === 401) signOut("The token is not valid any more. Sign in again.");
  if (!response.ok) throw new ApiError(response.status, json);
  return { json, etag: response.headers.get("etag"), status: response.status };
}

export const get = async (path) => (await send("GET", path)).json;
export const getTagged = (path) => send("GET", path);
export const post = async (path, body) => (await send("POST", path, { body })).json;
export const remove = async (path) => (await send("DELETE", path)).json;
export const change = (method, path, options) => send(method, path, options);
