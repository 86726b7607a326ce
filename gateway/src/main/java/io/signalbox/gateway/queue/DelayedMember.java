package io.signalbox.gateway.queue;

import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import org.jspecify.annotations.Nullable;

/**
 * What the sorted set of delayed notifications holds of one.
 *
 * @param text as it stands there
 * @param laneCode see {@link Lane#code}
 * @param id the notification's id as text
 */
record DelayedMember(String text, int laneCode, String id) {

  static String of(Lane lane, NotificationId id) {
    return lane.code() + ":" + id;
  }

  /** Reads a member; null if it is none of ours. */
  static @Nullable DelayedMember parse(String text) {
    int colon = text.indexOf(':');
    try {
      int code = colon < 0 ? -1 : Integer.parseInt(text.substring(0, colon));
      String id = text.substring(colon + 1);
      boolean ours = code >= 0 && code < Lane.CODES && NotificationId.parse(id).isPresent();
      return ours ? new DelayedMember(text, code, id) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
