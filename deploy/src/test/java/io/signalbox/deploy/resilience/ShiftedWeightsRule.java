package io.signalbox.deploy.resilience;

import io.signalbox.deploy.resilience.ProviderWire.End;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A provider by weighted chance, and another by the same chance if that fails; then the mail is
 * given up. All begin with the same weight. Once a minute the one with the largest share of
 * failures since, if it has any, loses 10 points to the others, down to 5.
 */
final class ShiftedWeightsRule implements SendingRule {
  private static final double SHIFT = 10;
  private static final double LEAST = 5;
  private static final long MINUTE_MILLIS = 60_000;

  /** What is known about one provider; guarded by the rule. */
  private static final class Weight {
    private double points;
    private int attempts;
    private int failures;

    private double failureShare() {
      return attempts == 0 ? 0 : (double) failures / attempts;
    }
  }

  private final Map<ProviderWire, Weight> weights = new LinkedHashMap<>();
  private final Random random;
  private final ScheduledFuture<?> shifts;

  /** One whose first minute ends at a random time. */
  ShiftedWeightsRule(List<ProviderWire> providers, Random random, ScheduledExecutorService clock) {
    this.random = random;
    for (ProviderWire provider : providers) {
      Weight weight = new Weight();
      weight.points = 100.0 / providers.size();
      weights.put(provider, weight);
    }
    long first = (long) (random.nextDouble() * MINUTE_MILLIS);
    this.shifts =
        clock.scheduleAtFixedRate(this::shift, first, MINUTE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public String name() {
    return "shifted-weights";
  }

  @Override
  public CompletableFuture<Boolean> send(
      JsonObject mail, Function<ProviderWire, CompletableFuture<End>> attempt) {
    ProviderWire first = pick(null);
    return tryOne(first, attempt)
        .thenCompose(
            end ->
                end == End.FAILED || end == End.THROTTLED
                    ? tryOne(pick(first), attempt)
                    : CompletableFuture.completedFuture(end))
        .thenApply(end -> end == End.SENT);
  }

  private CompletableFuture<End> tryOne(
      ProviderWire provider, Function<ProviderWire, CompletableFuture<End>> attempt) {
    return attempt
        .apply(provider)
        .thenApply(
            end -> {
              count(provider, end == End.SENT);
              return end;
            });
  }

  private synchronized void count(ProviderWire provider, boolean sent) {
    Weight weight = weights.get(provider);
    weight.attempts++;
    if (!sent) {
      weight.failures++;
    }
  }

  private synchronized ProviderWire pick(ProviderWire excluded) {
    List<ProviderWire> candidates = new ArrayList<>(weights.keySet());
    candidates.remove(excluded);
    double sum = candidates.stream().mapToDouble(one -> weights.get(one).points).sum();
    double left = random.nextDouble() * sum;
    for (ProviderWire candidate : candidates) {
      left -= weights.get(candidate).points;
      if (left < 0) {
        return candidate;
      }
    }
    return candidates.get(candidates.size() - 1);
  }

  private synchronized void shift() {
    Weight worst = null;
    for (Weight weight : weights.values()) {
      if (weight.failures > 0 && (worst == null || weight.failureShare() > worst.failureShare())) {
        worst = weight;
      }
    }
    if (worst != null) {
      double lost = Math.min(SHIFT, Math.max(0, worst.points - LEAST));
      for (Weight weight : weights.values()) {
        weight.points += weight == worst ? -lost : lost / (weights.size() - 1);
      }
    }
    for (Weight weight : weights.values()) {
      weight.attempts = 0;
      weight.failures = 0;
    }
  }

  @Override
  public void close() {
    shifts.cancel(false);
  }
}
