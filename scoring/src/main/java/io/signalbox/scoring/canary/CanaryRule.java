package io.signalbox.scoring.canary;

/**
 * Decides about a new version that gets a share of the traffic. Both versions get the same mixture
 * of messages at the same time, so what differs is the version.
 *
 * <p>The question is whether it fails more often than the version before: the one-sided exact test
 * of R. A. Fisher ("The Design of Experiments", 1935) gives the chance of seeing at least so many
 * failures of the new version if both were alike. It holds for small counts, where a normal
 * approximation does not. It is asked again and again while the trial lasts, so the chance that is
 * taken for proof is small: {@value #PROOF} meanwhile, and {@value #PROOF_AT_THE_END} at the end.
 *
 * @param durationMillis how long a trial lasts at least, if it goes well
 * @param minAttempts how many attempts the new version must have had by then; where there is too
 *     little traffic, a trial ends after {@value #LONGEST} times its length all the same
 */
public record CanaryRule(long durationMillis, long minAttempts) {
  static final double PROOF = 0.0005;
  static final double PROOF_AT_THE_END = 0.01;
  static final int LONGEST = 10;

  private static final int SUMMED_FACTORIAL = 256;

  /**
   * Judges.
   *
   * @param before how attempts at the version before went since the trial began
   * @param canary how those at the new version did
   * @param elapsedMillis since the trial began
   */
  public CanaryVerdict judge(Tally before, Tally canary, long elapsedMillis) {
    boolean over =
        elapsedMillis >= durationMillis
            && (canary.attempts() >= minAttempts || elapsedMillis >= durationMillis * LONGEST);
    double chance = chanceIfAlike(before, canary);
    if (chance < (over ? PROOF_AT_THE_END : PROOF)) {
      return CanaryVerdict.ROLL_BACK;
    }
    return over ? CanaryVerdict.PROMOTE : CanaryVerdict.GO_ON;
  }

  /** The chance of at least so many bad ones among the new version's, if both were alike. */
  static double chanceIfAlike(Tally before, Tally canary) {
    long bad = before.bad() + canary.bad();
    long good = before.attempts() + canary.attempts() - bad;
    long drawn = canary.attempts();
    double sum = 0;
    double all = logChoose(bad + good, drawn);
    for (long k = canary.bad(); k <= Math.min(bad, drawn); k++) {
      if (drawn - k <= good) {
        sum += Math.exp(logChoose(bad, k) + logChoose(good, drawn - k) - all);
      }
    }
    return Math.min(1, sum);
  }

  private static double logChoose(long n, long k) {
    return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  }

  /** Stirling's series beyond small numbers, which is exact to more than ten digits there. */
  private static double logFactorial(long n) {
    if (n < SUMMED_FACTORIAL) {
      double sum = 0;
      for (int i = 2; i <= n; i++) {
        sum += Math.log(i);
      }
      return sum;
    }
    double x = n;
    return x * Math.log(x)
        - x
        + Math.log(2 * Math.PI * x) / 2
        + 1 / (12 * x)
        - 1 / (360 * x * x * x);
  }
}
