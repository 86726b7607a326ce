package io.signalbox.scoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moves the traffic of one channel gradually between its providers. The strategy says where the
 * traffic should be (the target shares); the current shares follow the clock, not the traffic, so
 * that they also move when only a few notifications come in a minute. Thread-confined.
 *
 * <p>Targets:
 *
 * <ol>
 *   <li>A preferred provider that is usable gets everything, at once: an operator's wish is not
 *       automation.
 *   <li>{@code WEIGHTED}: in proportion to score times weight, rounded, at least 1 (0 for weight
 *       0).
 *   <li>{@code BEST}: everything to one. The one that had it keeps it until another is better by
 *       more than the margin, or until it is degraded. Whoever was degraded comes back only when
 *       its success rate has passed the middle between the degraded mark and 1: so noise at a
 *       threshold moves nothing.
 *   <li>{@code BEST} when all usable ones are degraded: in proportion to the scores. If all are
 *       bad, use them all, the least bad most.
 * </ol>
 *
 * <p>Movement: at most {@code maxShiftPerSecond} of all traffic moves in a second. The exception is
 * what a provider cannot carry any more (breaker open, drained, gone): that goes to the targets at
 * once, and comes back gradually.
 */
public final class TrafficShares {
  /** The share that may move in a second unless configured: all of it takes five. */
  public static final double DEFAULT_MAX_SHIFT_PER_SECOND = 0.2;

  /** The margin unless configured, in points. */
  public static final double DEFAULT_MARGIN = 5;

  private static final double CLOSE_ENOUGH = 1e-9;

  private final double maxShiftPerSecond;
  private final double margin;
  private Map<String, Double> shares = Map.of();
  private final Map<String, Boolean> barred = new HashMap<>();
  private @Nullable String first;
  private @Nullable SelectionStrategy strategy;
  private String policy = "";
  private long lastMillis;
  private boolean moving;

  /**
   * Makes shares that begin at their targets.
   *
   * @param maxShiftPerSecond share of all traffic that may move in a second, over 0 to 1
   * @param margin points by which another must be better before the first place of {@code BEST}
   *     changes, 0 to 100
   */
  public TrafficShares(double maxShiftPerSecond, double margin) {
    if (!(maxShiftPerSecond > 0 && maxShiftPerSecond <= 1)) {
      throw new IllegalArgumentException(
          "maxShiftPerSecond must be over 0 and at most 1: " + maxShiftPerSecond);
    }
    if (!(margin >= 0 && margin <= 100)) {
      throw new IllegalArgumentException("margin must be 0 to 100: " + margin);
    }
    this.maxShiftPerSecond = maxShiftPerSecond;
    this.margin = margin;
  }

  /**
   * Takes a step and returns the ranking with the shares after it. The time since the step before
   * is what may move, so steps are to be taken regularly, also while no traffic comes in.
   *
   * @param ranking the newest one; its time is the clock
   * @param minSuccessRate the degraded mark of the channel, 0 to 1
   * @param preferred the provider that goes first while it is usable, or null
   * @param atOnce true to be at the targets without moving, as at start
   */
  public Ranking step(
      Ranking ranking,
      SelectionStrategy strategy,
      double minSuccessRate,
      @Nullable String preferred,
      boolean atOnce) {
    if (strategy != this.strategy || !ranking.policy().equals(policy)) {
      // Another yardstick: who was first under the old one has no claim.
      first = null;
    }
    this.strategy = strategy;
    this.policy = ranking.policy();
    List<RankedCandidate> candidates = ranking.candidates();
    bar(candidates, minSuccessRate);
    RankedCandidate pinned = usable(ranking, preferred);
    double[] target = pinned == null ? target(candidates, strategy) : only(candidates, pinned);
    double[] current = released(candidates, target);
    double distance = distance(current, target);
    double allowed = allowed(ranking.atMillis());
    if (pinned != null || atOnce || distance <= allowed + CLOSE_ENOUGH) {
      current = target;
      moving = false;
    } else {
      for (int i = 0; i < current.length; i++) {
        current[i] += (target[i] - current[i]) * allowed / distance;
      }
      moving = true;
    }
    return ranking.withShares(strategy, preferred, keep(candidates, current));
  }

  /** Whether the shares are not at their targets yet. */
  public boolean isMoving() {
    return moving;
  }

  private static @Nullable RankedCandidate usable(Ranking ranking, @Nullable String provider) {
    RankedCandidate found = provider == null ? null : ranking.find(provider);
    return found != null && found.usable() ? found : null;
  }

  private double allowed(long nowMillis) {
    long passed = lastMillis == 0 ? 0 : nowMillis - lastMillis;
    lastMillis = nowMillis;
    return maxShiftPerSecond * Math.max(0, passed) / 1_000;
  }

  private List<RankedCandidate> keep(List<RankedCandidate> candidates, double[] current) {
    Map<String, Double> kept = new HashMap<>();
    List<RankedCandidate> shared = new ArrayList<>(candidates.size());
    for (int i = 0; i < current.length; i++) {
      RankedCandidate candidate = candidates.get(i);
      kept.put(candidate.provider(), current[i]);
      shared.add(candidate.withShare(current[i]));
    }
    shares = kept;
    barred.keySet().retainAll(kept.keySet());
    return shared;
  }

  /**
   * The shares of the step before, without those that cannot be carried any more; what they had is
   * spread as the targets say.
   */
  private double[] released(List<RankedCandidate> candidates, double[] target) {
    double[] current = new double[candidates.size()];
    double carried = 0;
    for (int i = 0; i < current.length; i++) {
      RankedCandidate candidate = candidates.get(i);
      current[i] = candidate.usable() ? shares.getOrDefault(candidate.provider(), 0.0) : 0;
      carried += current[i];
    }
    for (int i = 0; i < current.length; i++) {
      current[i] += (1 - carried) * target[i];
    }
    return current;
  }

  private double[] target(List<RankedCandidate> candidates, SelectionStrategy strategy) {
    if (strategy == SelectionStrategy.WEIGHTED) {
      double[] target = new double[candidates.size()];
      for (int i = 0; i < target.length; i++) {
        RankedCandidate candidate = candidates.get(i);
        target[i] = candidate.usable() ? turns(candidate) : 0;
      }
      return normalised(target, candidates);
    }
    RankedCandidate best = best(candidates);
    if (best != null) {
      first = best.provider();
      return only(candidates, best);
    }
    first = null;
    double[] target = new double[candidates.size()];
    for (int i = 0; i < target.length; i++) {
      RankedCandidate candidate = candidates.get(i);
      target[i] = candidate.usable() ? Grades.leastBad(candidate.score()) : 0;
    }
    return normalised(target, candidates);
  }

  /** The usable one without a bar that is first, or was first and is not beaten by the margin. */
  private @Nullable RankedCandidate best(List<RankedCandidate> candidates) {
    RankedCandidate best = null;
    RankedCandidate incumbent = null;
    for (RankedCandidate candidate : candidates) {
      if (candidate.usable() && !barred.getOrDefault(candidate.provider(), false)) {
        best = best == null ? candidate : best;
        incumbent = candidate.provider().equals(first) ? candidate : incumbent;
      }
    }
    return best == null || incumbent == null || best.score() > incumbent.score() + margin
        ? best
        : incumbent;
  }

  private void bar(List<RankedCandidate> candidates, double minSuccessRate) {
    double mark = Math.max(minSuccessRate, 1 - FailureDetector.DEGRADED_ABOVE_FAILURE_RATE);
    for (RankedCandidate candidate : candidates) {
      double rate = candidate.health().effectiveSuccessRate();
      if (candidate.status() == ProviderStatus.DEGRADED) {
        barred.put(candidate.provider(), true);
      } else if (rate >= (1 + mark) / 2) {
        barred.remove(candidate.provider());
      }
    }
  }

  private static double turns(RankedCandidate candidate) {
    return candidate.weight() == 0
        ? 0
        : Math.max(1, Math.round(candidate.score() * candidate.weight()));
  }

  private static double[] only(List<RankedCandidate> candidates, RankedCandidate chosen) {
    double[] target = new double[candidates.size()];
    target[candidates.indexOf(chosen)] = 1;
    return target;
  }

  private static double[] normalised(double[] target, List<RankedCandidate> candidates) {
    double sum = 0;
    for (double each : target) {
      sum += each;
    }
    if (sum > 0) {
      for (int i = 0; i < target.length; i++) {
        target[i] /= sum;
      }
      return target;
    }
    for (RankedCandidate candidate : candidates) {
      if (candidate.usable()) {
        return only(candidates, candidate);
      }
    }
    return target;
  }

  /** The share of all traffic that stands elsewhere than it should. */
  private static double distance(double[] current, double[] target) {
    double sum = 0;
    for (int i = 0; i < current.length; i++) {
      sum += Math.abs(target[i] - current[i]);
    }
    return sum / 2;
  }
}
