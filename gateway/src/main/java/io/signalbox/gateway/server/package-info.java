/** Starts and stops everything, in order. */
@NullMarked
package io.signalbox.gateway.server;

import org.jspecify.annotations.NullMarked;
