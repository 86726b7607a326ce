package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.WorkItem;
import java.util.List;

/**
 * An answer of {@link Ledger#due}.
 *
 * @param items what was found, longest due first
 * @param more whether more was due than the caller has room for
 */
public record DueWork(List<WorkItem> items, boolean more) {

  /** Copies the list. */
  public DueWork {
    items = List.copyOf(items);
  }
}
