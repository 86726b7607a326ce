/** Meters: what is counted and how it is exported. */
@NullMarked
package io.signalbox.gateway.metrics;

import org.jspecify.annotations.NullMarked;
