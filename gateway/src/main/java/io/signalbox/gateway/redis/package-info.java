/**
 * The connection to Redis: one that is watched and made anew, with a time-out for each command.
 * Whoever uses it goes on without Redis while it is away.
 */
@NullMarked
package io.signalbox.gateway.redis;

import org.jspecify.annotations.NullMarked;
