package io.signalbox.scoring.canary;

/**
 * How attempts went.
 *
 * @param attempts how many ended
 * @param bad how many of them ended badly
 */
public record Tally(long attempts, long bad) {
  /** Nothing yet. */
  public static final Tally NONE = new Tally(0, 0);

  /** Checks the counts. */
  public Tally {
    if (bad < 0 || attempts < bad) {
      throw new IllegalArgumentException(bad + " of " + attempts + " cannot be");
    }
  }

  /** What has come since an earlier tally of the same. */
  public Tally since(Tally earlier) {
    return new Tally(attempts - earlier.attempts, bad - earlier.bad);
  }

  @Override
  public String toString() {
    return bad + " of " + attempts;
  }
}
