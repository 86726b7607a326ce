/** The API of Twilio. */
@NullMarked
package io.signalbox.gateway.compat.twilio;

import org.jspecify.annotations.NullMarked;
