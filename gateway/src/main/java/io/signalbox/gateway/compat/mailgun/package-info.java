/** The API of Mailgun. */
@NullMarked
package io.signalbox.gateway.compat.mailgun;

import org.jspecify.annotations.NullMarked;
