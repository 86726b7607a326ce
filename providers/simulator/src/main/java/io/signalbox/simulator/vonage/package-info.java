/** Vonage's SMS API and its signed delivery receipts. */
@NullMarked
package io.signalbox.simulator.vonage;

import org.jspecify.annotations.NullMarked;
