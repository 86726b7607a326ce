package io.signalbox.gateway.callback;

import io.signalbox.gateway.callback.CallbackAnswer.Unanswered;
import io.signalbox.gateway.callback.CallbackAnswer.Unsent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which places do not answer, of those that messages name: one that is silent is asked by one
 * callback at a time, and the others wait, so that they take nobody's turn. Used on one event loop.
 */
final class HostPatience {
  private static final int SILENT_AFTER = 3;
  private static final int MOST_PLACES = 1_000;
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

  private final Map<String, Silence> silent = new LinkedHashMap<>();

  /** What is known of a place that did not answer last. */
  private static final class Silence {
    private int times;
    private long sinceMillis;
    private boolean asked;
  }

  /** Whether a callback may ask it; if so, it says how that ended. */
  boolean mayAsk(String place, long nowMillis) {
    Silence known = silent.get(place);
    if (known == null || known.times < SILENT_AFTER) {
      return true;
    }
    if (known.asked && nowMillis - known.sinceMillis < FORGOTTEN_AFTER.toMillis()) {
      return false;
    }
    known.asked = true;
    return true;
  }

  /**
   * How it ended.
   *
   * @param answer null if nothing is known of it, as after a bug of ours
   */
  void ended(String place, @Nullable CallbackAnswer answer, long nowMillis) {
    if (answer == null || answer instanceof Unsent) {
      Silence known = silent.get(place);
      if (known != null) {
        known.asked = false;
      }
      return;
    }
    if (!(answer instanceof Unanswered)) {
      silent.remove(place);
      return;
    }
    Silence known = silent.remove(place);
    Silence now = known == null ? new Silence() : known;
    now.times++;
    now.sinceMillis = nowMillis;
    now.asked = false;
    silent.put(place, now);
    if (silent.size() > MOST_PLACES) {
      silent.remove(silent.keySet().iterator().next());
    }
  }
}
