/** The API of Resend. */
@NullMarked
package io.signalbox.gateway.compat.resend;

import org.jspecify.annotations.NullMarked;
