package io.signalbox.gateway.queue;

import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;

/**
 * An entry of a lane's stream that was given out to this gateway.
 *
 * @param lane whose stream
 * @param entry its id there
 * @param id the notification it speaks of
 */
record StreamEntry(Lane lane, String entry, NotificationId id) {

  /** When it was put into the stream, by Redis's clock, in milliseconds since 1970. */
  long addedAtMillis() {
    int end = entry.indexOf('-');
    return Long.parseLong(end < 0 ? entry : entry.substring(0, end));
  }
}
