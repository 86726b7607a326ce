/**
 * The event bus: addresses, the sealed family of local messages, and the only door to {@code
 * vertx.eventBus()}.
 */
@NullMarked
package io.signalbox.gateway.bus;

import org.jspecify.annotations.NullMarked;
