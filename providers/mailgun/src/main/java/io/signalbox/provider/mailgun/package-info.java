/** Mail through Mailgun: sending, signed webhooks, and what became of a mail. */
@NullMarked
package io.signalbox.provider.mailgun;

import org.jspecify.annotations.NullMarked;
