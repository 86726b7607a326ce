package io.signalbox.simulator.smtp;

import io.signalbox.simulator.core.FaultMode;

/**
 * How one mail is to be served, decided when it begins.
 *
 * @param mode that applies to it
 * @param latencyMillis how much later its end is answered
 * @param retryAfterSeconds the hint of throttling
 */
record Turn(FaultMode mode, long latencyMillis, int retryAfterSeconds) {}
