/** Drills: failures on purpose, and what the gateway makes of them. */
@NullMarked
package io.signalbox.gateway.drill;

import org.jspecify.annotations.NullMarked;
