/** Delivers mail through SendGrid (Mail Send v3, signed Event Webhook). */
@NullMarked
package io.signalbox.provider.sendgrid;

import org.jspecify.annotations.NullMarked;
