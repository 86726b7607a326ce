package io.signalbox.simulator.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last messages by their key, for look-ups; the oldest fall out.
 *
 * @param <M> what is kept of a message
 */
public final class RecentMessages<M> {
  private final Map<String, M> messages;

  /** Keeps at most this many. */
  public RecentMessages(int limit) {
    messages =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, M> eldest) {
            return size() > limit;
          }
        };
  }

  /** Keeps a message. */
  public void put(String key, M message) {
    messages.put(key, message);
  }

  /** All that are still known, the newest first. */
  public List<M> newestFirst() {
    List<M> all = new ArrayList<>(messages.values());
    Collections.reverse(all);
    return all;
  }

  /** The message of that key if it is still known. */
  public Optional<M> find(String key) {
    return Optional.ofNullable(messages.get(key));
  }
}
