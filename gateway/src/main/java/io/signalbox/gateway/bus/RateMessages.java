package io.signalbox.gateway.bus;

/** How nodes keep to the rates of providers together, through whoever shares them. */
public final class RateMessages {
  private RateMessages() {}

  /** The sealed family of this conversation. */
  public sealed interface RateMessage extends LocalMessage {}

  /**
   * Published: whether permits are to be had from what all nodes share.
   *
   * @param shared false: each node keeps to its part of every rate
   * @param nodes how many live, as last known, at least 1
   */
  public record RatesShared(boolean shared, int nodes) implements RateMessage {}

  /**
   * Asks for permits ahead; answered with {@link PermitsTaken}, or refused while nothing is shared.
   *
   * @param perSecond how many flow in a second, over 0
   * @param capacity how many are kept for a burst, at least 1
   * @param wanted at least 1
   */
  public record TakePermits(String provider, double perSecond, double capacity, int wanted)
      implements RateMessage {}

  /**
   * What was to be had.
   *
   * @param given 0 to what was wanted
   * @param waitMillis when to ask again if that are fewer
   */
  public record PermitsTaken(int given, long waitMillis) implements RateMessage {}

  /**
   * Published: a provider wants no work from this node for a while.
   *
   * @param untilMillis epoch milliseconds
   */
  public record CoolsDown(String provider, long untilMillis) implements RateMessage {}

  /**
   * Published: it has told another node so.
   *
   * @param untilMillis epoch milliseconds
   */
  public record CoolsDownElsewhere(String provider, long untilMillis) implements RateMessage {}

  /** Published: whatever cools down on this node shall be told. */
  public record CoolDownsAsked() implements RateMessage {}
}
