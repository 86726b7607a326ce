package io.signalbox.gateway.console;

/** What a provider did in each of the last seconds. Not thread-safe. */
public final class ProviderHistory
    extends RateHistory<ProviderHistory.Totals, ProviderHistory.Second> {
  /**
   * Makes an empty one.
   *
   * @param most how many looks are kept
   */
  public ProviderHistory(int most) {
    super(most);
  }

  /**
   * Counts since the start of the gateway.
   *
   * @param attempts attempts that have ended
   * @param failures those of them that failed by the provider's doing
   * @param tookMillis how long all of them took together
   */
  public record Totals(long attempts, long failures, double tookMillis) {}

  /**
   * A second.
   *
   * @param atMillis its end, in milliseconds since 1970
   * @param attempts how many ended in a second
   * @param failures how many failed in a second
   * @param meanMillis how long one took on average; 0 if there was none
   */
  public record Second(long atMillis, double attempts, double failures, double meanMillis) {}

  @Override
  Second between(Totals before, Totals now, double elapsed, long nowMillis) {
    long attempts = now.attempts() - before.attempts();
    return new Second(
        nowMillis,
        attempts / elapsed,
        (now.failures() - before.failures()) / elapsed,
        attempts == 0 ? 0 : (now.tookMillis() - before.tookMillis()) / attempts);
  }

  @Override
  Second nothing(long atMillis) {
    return new Second(atMillis, 0, 0, 0);
  }
}
