package io.signalbox.scoring;

import java.util.ArrayList;
import java.util.List;

/**
 * A score and the reasons for it.
 *
 * @param value 0 to 100, rounded to a millionth so that equal inputs tie whatever the order of
 *     additions
 * @param parts the reasons; their points add up to the value
 */
public record Score(double value, List<ScorePart> parts) {
  private static final double PRECISION = 1e6;

  /** Copies the list and checks the range. */
  public Score {
    parts = List.copyOf(parts);
    if (!(value >= 0 && value <= 100)) {
      throw new IllegalArgumentException("a score must be 0 to 100: " + value);
    }
  }

  /** Adds up the points; what is over 100 or under 0 is taken off by a part named {@code limit}. */
  static Score sumOf(List<ScorePart> parts) {
    double sum = 0;
    for (ScorePart part : parts) {
      sum += part.points();
    }
    double rounded = Math.round(sum * PRECISION) / PRECISION;
    double value = Math.max(0, Math.min(100, rounded));
    if (value == rounded) {
      return new Score(value, parts);
    }
    List<ScorePart> limited = new ArrayList<>(parts);
    limited.add(ScorePart.rule("limit", sum, value - sum));
    return new Score(value, limited);
  }
}
