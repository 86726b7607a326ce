/**
 * Routing policies: what is written in their files, which of them apply to a notification, and what
 * follows for it.
 */
@NullMarked
package io.signalbox.gateway.policy;

import org.jspecify.annotations.NullMarked;
