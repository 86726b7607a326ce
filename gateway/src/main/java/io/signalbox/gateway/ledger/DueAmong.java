package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.WorkItem;
import java.util.List;
import java.util.Set;

/**
 * An answer of {@link Ledger#dueOf}: what is in neither is not due, or is not there at all.
 *
 * @param items what is due, in the order of the ids
 * @param left what is due as well, and for which the caller has no room
 */
public record DueAmong(List<WorkItem> items, Set<NotificationId> left) {

  /** Copies the collections. */
  public DueAmong {
    items = List.copyOf(items);
    left = Set.copyOf(left);
  }
}
