// What the caller may do, as the gateway tells it: by roles, scopes and tenant. It hides what would be refused; the gateway is
// the one that refuses.

import { live } from "./live.js";

export const may = (right) => (live.caller?.may ?? []).includes(right);
