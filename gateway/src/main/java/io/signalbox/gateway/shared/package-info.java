/** What gateways share through Redis, so that one learns from the others' experience. */
@NullMarked
package io.signalbox.gateway.shared;

import org.jspecify.annotations.NullMarked;
