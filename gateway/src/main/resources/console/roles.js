// What a role may do. It hides what would be refused; the gateway is the one that refuses.

import { live } from "./live.js";

const MANAGER = ["admin", "manager"];
const LOOKING = ["admin", "manager", "viewer"];

const RIGHTS = {
  providers: LOOKING,
  "providers.act": MANAGER,
  search: MANAGER,
  timeline: ["admin", "manager", "viewer", "sender"],
  "dead-letters": LOOKING,
  "dead-letters.act": MANAGER,
  policies: LOOKING,
  callbacks: MANAGER,
  drills: MANAGER,
  preferences: ["admin"],
  plugins: ["admin"],
  audit: ["admin"],
  cancel: ["admin", "sender"],
};

export const may = (right) => (live.caller?.roles || []).some((role) => RIGHTS[right].includes(role));
