/** The JSON form of a notification: bytes to a value or to problems, and back. */
@NullMarked
package io.signalbox.gateway.notification;

import org.jspecify.annotations.NullMarked;
