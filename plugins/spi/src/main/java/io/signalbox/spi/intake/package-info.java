/**
 * Intake for co-located verticles: the same notification as over HTTP, handed over on the event bus
 * without serialisation.
 */
@NullMarked
package io.signalbox.spi.intake;

import org.jspecify.annotations.NullMarked;
