/** Traces that are recorded and sent to a collector, where that is switched on. */
@NullMarked
package io.signalbox.gateway.tracing;

import org.jspecify.annotations.NullMarked;
