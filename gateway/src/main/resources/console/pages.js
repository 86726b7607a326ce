// All pages but the board, in the order of the menu.

import { providerPage } from "./views/provider.js";
import { searchPage } from "./views/search.js";
import { timelinePage } from "./views/timeline.js";
import { deadLettersPage } from "./views/dead-letters.js";
import { callbacksPage } from "./views/callbacks.js";
import { pluginsPage } from "./views/plugins.js";
import { preferencesPage } from "./views/preferences.js";
import { policiesPage } from "./views/policies.js";
import { drillsPage } from "./views/drills.js";
import { auditPage } from "./views/audit.js";

export const PAGES = [
  { path: "provider", title: "Provider", group: "Now", right: "providers", make: providerPage, hidden: true },
  { path: "notifications", title: "Notifications", group: "Messages", right: "search", make: searchPage },
  { path: "notification", title: "Notification", group: "Messages", right: "timeline", make: timelinePage, hidden: true },
  { path: "dead-letters", title: "Dead letters", group: "Messages", right: "dead-letters", make: deadLettersPage },
  { path: "callbacks", title: "Callbacks", group: "Messages", right: "callbacks", make: callbacksPage },
  { path: "policies", title: "Policies", group: "Routing", right: "policies", make: policiesPage },
  { path: "preferences", title: "Preferences", group: "Routing", right: "preferences", make: preferencesPage },
  { path: "drills", title: "Drills", group: "Operations", right: "drills", make: drillsPage },
  { path: "plugins", title: "Plugins", group: "Operations", right: "plugins", make: pluginsPage },
  { path: "audit", title: "Audit", group: "Operations", right: "audit", make: auditPage },
];
