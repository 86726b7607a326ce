package io.signalbox.gateway.operation;

import io.signalbox.gateway.model.NotificationId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Operations that are let alone for a while, longer each time: 5 s to 5 min. Used on one context.
 */
final class PutOff {
  private static final int MOST = 10_000;

  private final Map<NotificationId, Entry> entries =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<NotificationId, Entry> eldest) {
          return size() > MOST;
        }
      };

  /**
   * One of them.
   *
   * @param times how often it was put off
   */
  private record Entry(int times, long untilMillis) {}

  /** Lets one alone from now on. */
  void add(NotificationId id, long nowMillis) {
    Entry before = entries.remove(id);
    int times = before == null ? 0 : before.times() + 1;
    entries.put(id, new Entry(times, nowMillis + OperationRules.refusedMillis(times)));
  }

  /** Whether one is let alone now. */
  boolean holds(NotificationId id, long nowMillis) {
    Entry entry = entries.get(id);
    return entry != null && nowMillis < entry.untilMillis();
  }

  /** One goes on. */
  void remove(NotificationId id) {
    entries.remove(id);
  }
}
