package io.signalbox.simulator.mailgun;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The newest events, in the order in which they happened. */
final class EventLog {
  /** Three events of each of the 20,000 messages that look-ups know. */
  private static final int LIMIT = 60_000;

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();

  /**
   * One event.
   *
   * @param json the event as webhooks have it
   */
  record Entry(String messageId, String recipient, EventKind kind, long millis, Buffer json) {
    @Override
    public String toString() {
      return "Entry[" + messageId + ", " + kind + "]";
    }
  }

  void add(Entry entry) {
    entries.add(entry);
    if (entries.size() > LIMIT) {
      entries.remove();
    }
  }

  /** One page of the events that a query is about. */
  List<Buffer> page(EventQuery query) {
    List<Entry> found = new ArrayList<>();
    for (Entry entry : entries) {
      if (query.matches(entry)) {
        found.add(entry);
      }
    }
    if (!query.ascending()) {
      Collections.reverse(found);
    }
    return found.stream().skip(query.skip()).limit(query.limit()).map(Entry::json).toList();
  }
}
