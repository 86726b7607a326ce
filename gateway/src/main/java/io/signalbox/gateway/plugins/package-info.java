/**
 * What administrators do with plugins: uploads, removals and rollbacks, with what was in use before
 * kept, and every change in the audit log. What runs is the loader's business: this room puts files
 * into its folder and looks at what becomes of them.
 */
@NullMarked
package io.signalbox.gateway.plugins;

import org.jspecify.annotations.NullMarked;
