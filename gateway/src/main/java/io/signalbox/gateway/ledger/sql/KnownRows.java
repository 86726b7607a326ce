package io.signalbox.gateway.ledger.sql;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notifications by their keys. Used by the writer. */
final class KnownRows {
  // An odd number, so that no two keys become one: 2^64 by the golden ratio.
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private final Map<Long, NotificationRow> rows = new HashMap<>();

  /**
   * Another number for a key. Keys are times with a counter in their low bits, most of which is 0:
   * a map would keep many of them in one place.
   */
  static long spread(long key) {
    return key * FACTOR;
  }

  @Nullable NotificationRow get(long key) {
    return rows.get(spread(key));
  }

  void put(NotificationRow row) {
    rows.put(spread(row.id().key()), row);
  }

  void remove(long key) {
    rows.remove(spread(key));
  }

  void clear() {
    rows.clear();
  }

  int size() {
    return rows.size();
  }
}
