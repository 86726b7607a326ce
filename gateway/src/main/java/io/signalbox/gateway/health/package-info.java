/** Health: whether the gateway is up, and whether work is really being done. */
@NullMarked
package io.signalbox.gateway.health;

import org.jspecify.annotations.NullMarked;
