/**
 * Provider verticles: breaker, limits and deadline around a plugin's provider, and their coming and
 * going.
 */
@NullMarked
package io.signalbox.gateway.delivery;

import org.jspecify.annotations.NullMarked;
