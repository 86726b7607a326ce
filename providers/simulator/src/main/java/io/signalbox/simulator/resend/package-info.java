/** Resend's e-mail calls and its webhooks signed as Svix does. */
@NullMarked
package io.signalbox.simulator.resend;

import org.jspecify.annotations.NullMarked;
