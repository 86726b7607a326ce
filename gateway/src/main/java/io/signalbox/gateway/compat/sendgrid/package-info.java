/** The API of SendGrid. */
@NullMarked
package io.signalbox.gateway.compat.sendgrid;

import org.jspecify.annotations.NullMarked;
