package io.signalbox.gateway.text;

import java.util.Locale;

/** Spans of time as people read them: one figure and its unit. */
public final class SpanText {
  private static final double SECOND = 1_000;
  private static final double MINUTE = 60 * SECOND;
  private static final double HOUR = 60 * MINUTE;
  private static final double DAY = 24 * HOUR;

  private SpanText() {}

  /**
   * A span such as {@code 350 ms}, {@code 2.5 s}, {@code 40 s}, {@code 5 min}, {@code 3 h} or
   * {@code 4 d}.
   *
   * @param millis what is below 0 is 0
   */
  public static String of(long millis) {
    if (millis < SECOND) {
      return Math.max(0, millis) + " ms";
    }
    if (millis < 10 * SECOND) {
      return String.format(Locale.ROOT, "%.1f s", millis / SECOND);
    }
    if (millis < 1.5 * MINUTE) {
      return Math.round(millis / SECOND) + " s";
    }
    if (millis < 1.5 * HOUR) {
      return Math.round(millis / MINUTE) + " min";
    }
    return millis < 1.5 * DAY ? Math.round(millis / HOUR) + " h" : Math.round(millis / DAY) + " d";
  }
}
