package io.signalbox.scoring;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A provider that could serve a channel, with the facts that policies judge it by.
 *
 * @param provider the provider's id
 * @param health its health window
 * @param priorityRank 1 for primary, 2 for secondary, 3 for tertiary, and so on
 * @param weight multiplies the score in weighted round-robin; 1 is normal, 0 means "only when
 *     nothing else is left or to explore"
 * @param inFlight attempts under way now
 * @param maxConcurrent how many may be under way, at least 1
 * @param stock how much the provider has on offer (numbers to rent), where that means anything
 * @param price price of one unit, at least 0, in the currency common to the channel, where known
 * @param breakerOpen whether its breaker is open now (half-open is not open)
 * @param outOfServiceReason why nobody may use it ({@code drained}, {@code disabled}, ...), or null
 *     when it is in service
 */
public record Candidate(
    String provider,
    HealthSnapshot health,
    int priorityRank,
    int weight,
    int inFlight,
    int maxConcurrent,
    OptionalInt stock,
    OptionalDouble price,
    boolean breakerOpen,
    @Nullable String outOfServiceReason) {

  private static final int MAX_WEIGHT = 1_000_000;

  /** Checks the ranges. */
  public Candidate {
    check(!provider.isBlank(), "provider must not be blank");
    check(priorityRank >= 1, "priorityRank must be at least 1");
    check(weight >= 0 && weight <= MAX_WEIGHT, "weight must be 0 to 1000000");
    check(inFlight >= 0, "inFlight must be at least 0");
    check(maxConcurrent >= 1, "maxConcurrent must be at least 1");
    check(stock.orElse(0) >= 0, "stock must be at least 0");
    check(price.orElse(0) >= 0 && Double.isFinite(price.orElse(0)), "price must be 0 or more");
  }

  /** Makes a candidate in service with a closed breaker, weight 1, and neither stock nor price. */
  public static Candidate of(
      String provider, HealthSnapshot health, int priorityRank, int inFlight, int maxConcurrent) {
    return new Candidate(
        provider,
        health,
        priorityRank,
        1,
        inFlight,
        maxConcurrent,
        OptionalInt.empty(),
        OptionalDouble.empty(),
        false,
        null);
  }

  /** Whether it is in service and its breaker is not open. */
  public boolean available() {
    return outOfServiceReason == null && !breakerOpen;
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
