package io.signalbox.gateway.text;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Has each cause of trouble named in the log once a minute, however often it comes. Thread-safe.
 */
public final class Complaints {
  private static final long SPAN_MILLIS = TimeUnit.MINUTES.toMillis(1);

  /** More causes at a time are one cause: whatever it is, its log must not be flooded. */
  private static final int MOST = 64;

  private static final String OTHERS = "";

  private static final int LONGEST_SPANS = 60;

  private final LongSupplier millis;
  private final Map<String, Said> said = new LinkedHashMap<>();

  private record Said(long atMillis, int since) {}

  /**
   * Makes one that has named nothing.
   *
   * @param millis the time
   */
  public Complaints(LongSupplier millis) {
    this.millis = millis;
  }

  /**
   * Tells that a cause has come once more.
   *
   * @return 0 if it is not to be named now; else how often it came since it was named, with this
   *     time
   */
  public synchronized int count(String cause) {
    long now = millis.getAsLong();
    // What did not come again is forgotten; what did come is remembered for its number, not for
    // ever.
    said.values().removeIf(each -> isOver(each, now, each.since() == 0 ? 1 : LONGEST_SPANS));
    String known = said.containsKey(cause) || said.size() < MOST ? cause : OTHERS;
    Said before = said.get(known);
    if (before != null && !isOver(before, now, 1)) {
      said.put(known, new Said(before.atMillis(), before.since() + 1));
      return 0;
    }
    said.put(known, new Said(now, 0));
    return before == null ? 1 : before.since() + 1;
  }

  /** A clock that was set back must not silence anything. */
  private static boolean isOver(Said each, long nowMillis, int spans) {
    return Math.abs(nowMillis - each.atMillis()) >= spans * SPAN_MILLIS;
  }
}
