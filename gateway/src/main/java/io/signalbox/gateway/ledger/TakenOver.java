package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import java.util.List;

/**
 * What a node has taken over from one that is dead.
 *
 * @param brokenOff attempts that it had begun and not ended: their outcome is unknown now
 * @param cancelled notifications that ended with one of these, because the application had called
 *     them back
 */
public record TakenOver(Node dead, long brokenOff, List<NotificationId> cancelled) {

  /** Copies the list. */
  public TakenOver {
    cancelled = List.copyOf(cancelled);
  }
}
