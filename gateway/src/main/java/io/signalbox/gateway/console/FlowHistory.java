package io.signalbox.gateway.console;

/** How many notifications came and ended in each of the last seconds. Not thread-safe. */
public final class FlowHistory extends RateHistory<FlowHistory.Totals, FlowHistory.Rates> {
  /**
   * Makes an empty one.
   *
   * @param most how many looks are kept
   */
  public FlowHistory(int most) {
    super(most);
  }

  /**
   * Counts since the start of the gateway.
   *
   * @param accepted notifications that were stored
   * @param sent notifications that a provider took
   * @param delivered notifications that were reported as delivered, opened, clicked or read
   * @param failed notifications that failed, expired or became dead letters
   */
  public record Totals(long accepted, long sent, long delivered, long failed) {}

  /** The same in a second, up to a moment in milliseconds since 1970. */
  public record Rates(
      long atMillis, double accepted, double sent, double delivered, double failed) {}

  @Override
  Rates between(Totals before, Totals now, double elapsed, long nowMillis) {
    return new Rates(
        nowMillis,
        (now.accepted() - before.accepted()) / elapsed,
        (now.sent() - before.sent()) / elapsed,
        (now.delivered() - before.delivered()) / elapsed,
        (now.failed() - before.failed()) / elapsed);
  }

  @Override
  Rates nothing(long atMillis) {
    return new Rates(atMillis, 0, 0, 0, 0);
  }
}
