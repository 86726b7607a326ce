package io.signalbox.gateway.shared;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The gateways that were heard of, each by the run of its process, and how far: what one tells is
 * numbered, so that what is read twice counts once. Thread-confined.
 */
final class OtherRuns {
  private static final int MOST = 256;

  private final Map<String, Heard> last = bounded();
  private final Map<String, Boolean> ahead = bounded();

  private record Heard(long number, long atMillis) {}

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST;
      }
    };
  }

  /** Whether that is new; it is not the next time. */
  boolean isNew(String run, long number, long nowMillis) {
    Heard known = last.get(run);
    if (known != null && known.number() >= number) {
      return false;
    }
    last.put(run, new Heard(number, nowMillis));
    return true;
  }

  /** How many told something new after that time. */
  int heardSince(long millis) {
    return (int) last.values().stream().filter(heard -> heard.atMillis() > millis).count();
  }

  /** Whether a clock that is ahead is news of that run; it is not the next time. */
  boolean isFirstAhead(String run) {
    return ahead.put(run, true) == null;
  }

  /** Whether nobody was ever heard of. */
  boolean isEmpty() {
    return last.isEmpty();
  }
}
