/** Twilio's message calls and its signed status callbacks. */
@NullMarked
package io.signalbox.simulator.twilio;

import org.jspecify.annotations.NullMarked;
