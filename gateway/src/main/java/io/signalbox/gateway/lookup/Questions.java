package io.signalbox.gateway.lookup;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is still to be asked, by provider, bounded. One question a provider at a time. */
final class Questions {
  private final int mostPerProvider;
  private final Map<String, ArrayDeque<LookupSubject>> waiting = new HashMap<>();
  private final Set<String> busy = new HashSet<>();

  Questions(int mostPerProvider) {
    this.mostPerProvider = mostPerProvider;
  }

  /** Whether more may wait for a provider. */
  boolean hasRoom(String provider) {
    ArrayDeque<LookupSubject> queue = waiting.get(provider);
    return queue == null || queue.size() < mostPerProvider;
  }

  /** Adds a question; false if too many wait for that provider. */
  boolean add(LookupSubject subject) {
    if (!hasRoom(subject.provider())) {
      return false;
    }
    waiting.computeIfAbsent(subject.provider(), id -> new ArrayDeque<>()).add(subject);
    return true;
  }

  /** The next question to a provider that is asked nothing now; null if there is none. */
  @Nullable LookupSubject next(String provider) {
    ArrayDeque<LookupSubject> queue = waiting.get(provider);
    LookupSubject next = queue == null || busy.contains(provider) ? null : queue.poll();
    if (next != null) {
      busy.add(provider);
    } else if (queue != null && queue.isEmpty()) {
      waiting.remove(provider);
    }
    return next;
  }

  /** A question to a provider has its answer. */
  void answered(String provider) {
    busy.remove(provider);
  }

  /** Who is to be asked something. */
  Set<String> providers() {
    return Set.copyOf(waiting.keySet());
  }
}
