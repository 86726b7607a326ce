/**
 * Events in the words of providers: what their webhooks look like, and how they are signed. Pure
 * functions; the callback room sends what they make.
 */
@NullMarked
package io.signalbox.gateway.compat.hooks;

import org.jspecify.annotations.NullMarked;
