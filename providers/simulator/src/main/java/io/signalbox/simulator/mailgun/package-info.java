/** Mailgun's messages, its events, and its webhooks with their signature in the body. */
@NullMarked
package io.signalbox.simulator.mailgun;

import org.jspecify.annotations.NullMarked;
