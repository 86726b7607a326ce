/** SMS through Twilio Programmable Messaging: sending, and signed status callbacks. */
@NullMarked
package io.signalbox.provider.twilio;

import org.jspecify.annotations.NullMarked;
