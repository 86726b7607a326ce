package io.signalbox.scoring.replay;

/**
 * A value and the interval in which it lies with 95% confidence.
 *
 * @param value the estimate
 * @param low lower end
 * @param high upper end
 */
public record Interval(double value, double low, double high) {
  /** The 97.5% quantile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /** Nothing is known. */
  static final Interval EMPTY = new Interval(0, 0, 0);

  /**
   * The Wilson score interval of a share (E. B. Wilson, 1927): unlike the plain normal
   * approximation it stays within 0 to 1 and holds for shares near the ends.
   */
  static Interval wilson(int hits, int count) {
    if (count == 0) {
      return EMPTY;
    }
    double share = (double) hits / count;
    double square = Z * Z / count;
    double centre = (share + square / 2) / (1 + square);
    double half = Z / (1 + square) * Math.sqrt(share * (1 - share) / count + square / (4 * count));
    // At the ends the formula gives exactly 0 and 1, but for rounding.
    return new Interval(share, hits == 0 ? 0 : centre - half, hits == count ? 1 : centre + half);
  }
}
