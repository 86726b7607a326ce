package io.signalbox.scoring;

/** The status of a provider as operators see it. */
public enum ProviderStatus {
  HEALTHY,
  /**
   * Works, but over 25% of its window failed or its success rate is under {@code min_success_rate}.
   * What was accepted and not delivered counts as failed.
   */
  DEGRADED,
  /** Its breaker is open, or it was taken out of service (drained, disabled, unloaded). */
  UNAVAILABLE;

  /**
   * Applies the rule.
   *
   * @param minSuccessRate 0 to 1
   * @param breakerOpen whether its breaker is OPEN (half-open is not open)
   * @param outOfService whether it was drained or disabled
   */
  public static ProviderStatus of(
      HealthSnapshot health, double minSuccessRate, boolean breakerOpen, boolean outOfService) {
    if (breakerOpen || outOfService) {
      return UNAVAILABLE;
    }
    double rate = health.effectiveSuccessRate();
    boolean failing = rate < 1 - FailureDetector.DEGRADED_ABOVE_FAILURE_RATE;
    return failing || rate < minSuccessRate ? DEGRADED : HEALTHY;
  }
}
