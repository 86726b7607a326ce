/** What became of notifications, for verticles that live in the gateway's Vert.x instance. */
@NullMarked
package io.signalbox.spi.events;

import org.jspecify.annotations.NullMarked;
