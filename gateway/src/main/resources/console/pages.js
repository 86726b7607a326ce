// All pages but the board, in the order of the menu.

import { providerPage } from "./views/provider.js";
import { searchPage } from "./views/search.js";
import { timelinePage } from "./views/timeline.js";
import { deadLettersPage } from "./views/dead-letters.js";
import { callbacksPage } from "./views/callbacks.js";
import { pluginsPage } from "./views/plugins.js";
import { preferencesPage } from "./views/preferences.js";
import { policiesPage } from "./views/policies.js";
import { policyPage } from "./views/policy.js";
import { suppressionsPage } from "./views/suppressions.js";
import { erasuresPage } from "./views/erasures.js";
import { templatesPage } from "./views/templates.js";
import { templatePage } from "./views/template.js";
import { apiKeysPage } from "./views/api-keys.js";
import { drillsPage } from "./views/drills.js";
import { auditPage } from "./views/audit.js";

export const PAGES = [
  { path: "provider", title: "Provider", group: "Now", right: "providers_read", make: providerPage, hidden: true },
  { path: "notifications", title: "Notifications", group: "Messages", right: "search", make: searchPage },
  { path: "notification", title: "Notification", group: "Messages", right: "timeline", make: timelinePage, hidden: true },
  { path: "dead-letters", title: "Dead letters", group: "Messages", right: "dead_letters_read", make: deadLettersPage },
  { path: "suppressions", title: "Suppressions", group: "Messages", right: "suppressions_read", make: suppressionsPage },
  { path: "erasures", title: "Erasures", group: "Messages", right: "erasures_read", make: erasuresPage },
  { path: "templates", title: "Templates", group: "Messages", right: "templates_read", make: templatesPage },
  { path: "template", title: "Template", group: "Messages", right: "templates_read", make: templatePage, hidden: true },
  { path: "callbacks", title: "Callbacks", group: "Messages", right: "callbacks_read", make: callbacksPage },
  { path: "policies", title: "Policies", group: "Routing", right: "policies", make: policiesPage },
  { path: "policy", title: "Policy", group: "Routing", right: "policies", make: policyPage, hidden: true },
  { path: "preferences", title: "Preferences", group: "Routing", right: "preferences_read", make: preferencesPage },
  { path: "drills", title: "Drills", group: "Operations", right: "drills_read", make: drillsPage },
  { path: "plugins", title: "Plugins", group: "Operations", right: "plugins_read", make: pluginsPage },
  { path: "api-keys", title: "API keys", group: "Operations", right: "api_keys_read", make: apiKeysPage },
  { path: "audit", title: "Audit", group: "Operations", right: "audit", make: auditPage },
];
