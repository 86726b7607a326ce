package io.signalbox.gateway.queue;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.WorkItem;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this gateway has just accepted and put into a stream: if it is given out to this gateway
 * again, the ledger need not be asked. Holds the newest only, up to some bytes. Thread-confined.
 */
final class FreshItems {
  private final long maxBytes;
  private final Map<NotificationId, WorkItem> items = new LinkedHashMap<>();
  private long bytes;

  FreshItems(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  void add(WorkItem item) {
    items.put(item.id(), item);
    bytes += weight(item);
    Iterator<WorkItem> oldest = items.values().iterator();
    while (bytes > maxBytes && oldest.hasNext()) {
      bytes -= weight(oldest.next());
      oldest.remove();
    }
  }

  /** Hands one out; null if it is not here. */
  @Nullable WorkItem take(NotificationId id) {
    WorkItem item = items.remove(id);
    if (item != null) {
      bytes -= weight(item);
    }
    return item;
  }

  void clear() {
    items.clear();
    bytes = 0;
  }

  /** Its content and about what holds it. */
  private static long weight(WorkItem item) {
    return item.contentBytes() + 500L;
  }
}
