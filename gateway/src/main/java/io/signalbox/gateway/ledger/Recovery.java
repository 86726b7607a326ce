package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import java.util.List;

/**
 * What a start found.
 *
 * @param brokenOff attempts that had begun and not ended: their outcome is unknown now
 * @param cancelled notifications that ended with one of these, because the application had called
 *     them back
 * @param open notifications that still want work
 * @param greatestKey the greatest key in use; 0 if there is none
 */
public record Recovery(
    long brokenOff, List<NotificationId> cancelled, long open, long greatestKey) {

  /** Copies the list. */
  public Recovery {
    cancelled = List.copyOf(cancelled);
  }
}
