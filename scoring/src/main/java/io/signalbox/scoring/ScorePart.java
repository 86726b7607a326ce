package io.signalbox.scoring;

/**
 * One reason for a score. The points of all parts of a candidate add up to its score.
 *
 * @param name what was judged, e.g. {@code health}, {@code response_time}, {@code stock}
 * @param value the input as measured, or graded 0 to 100 where a weight applies
 * @param weight the factor that turns the value into points; 0 where the points follow from a rule
 *     instead
 * @param points what it added to the score; negative where it took away
 */
public record ScorePart(String name, double value, double weight, double points) {
  static ScorePart weighted(String name, double value, double weight) {
    return new ScorePart(name, value, weight, value * weight);
  }

  static ScorePart rule(String name, double value, double points) {
    return new ScorePart(name, value, 0, points);
  }
}
