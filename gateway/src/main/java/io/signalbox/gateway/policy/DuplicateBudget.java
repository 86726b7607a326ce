package io.signalbox.gateway.policy;

import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.RollingCounts;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How many notifications of a policy may still be sent twice: a share of those that it began in the
 * last hour. A notification counts once, when the first attempt begins that may double an earlier
 * one.
 *
 * <p>A budget above 0 always allows {@link #ALWAYS_ALLOWED} in an hour, so that a policy with
 * little traffic can fail over at all. A budget of 0 allows none. Memory is fixed for each policy.
 * Thread-confined.
 */
public final class DuplicateBudget {
  /** How many notifications of a policy may be sent twice in any hour, however few it began. */
  public static final int ALWAYS_ALLOWED = 3;

  /** How far back it counts. */
  public static final Duration WINDOW = Duration.ofHours(1);

  /** More names than policies at a time: those of policies that are gone stay for an hour. */
  private static final int MAX_NAMES = 10 * Policies.MAX;

  private final Map<String, Use> uses = new HashMap<>();

  /** Begun and doubled notifications, and those that are about to be doubled. */
  private static final class Use {
    final RollingCounts begun = new RollingCounts(WINDOW.toMillis());
    final RollingCounts doubled = new RollingCounts(WINDOW.toMillis());
    int reserved;

    boolean isEmpty(long nowMillis) {
      return reserved == 0 && begun.successes(nowMillis) == 0 && doubled.successes(nowMillis) == 0;
    }
  }

  /** Whether one more notification of a policy may be sent twice. Counts nothing. */
  public boolean mayDuplicate(EffectivePolicy policy, long nowMillis) {
    Double share = policy.duplicateBudget();
    if (share == null || share >= 1) {
      return true;
    }
    if (share == 0) {
      return false;
    }
    Use use = uses.get(policy.name());
    if (use == null) {
      return true;
    }
    long allowed =
        Math.max(ALWAYS_ALLOWED, (long) Math.floor(share * use.begun.successes(nowMillis)));
    return use.doubled.successes(nowMillis) + use.reserved < allowed;
  }

  /** The first attempt of a notification begins. */
  public void begun(String policy, long nowMillis) {
    begun(policy, nowMillis, 1);
  }

  /** An attempt is planned that may double an earlier one; it is given back, begun or not. */
  public void reserve(String policy, long nowMillis) {
    Use use = use(policy, nowMillis);
    if (use != null) {
      use.reserved++;
    }
  }

  /** What was reserved for an attempt is free again. */
  public void giveBack(String policy) {
    Use use = uses.get(policy);
    if (use != null && use.reserved > 0) {
      use.reserved--;
    }
  }

  /** The first attempt begins that may double an earlier one of its notification. */
  public void doubled(String policy, long nowMillis) {
    doubled(policy, nowMillis, 1);
  }

  /**
   * Takes in what was counted before a restart; called in the order of time.
   *
   * @param atMillis when, to the minute
   */
  public void restore(String policy, long atMillis, int begun, int doubled) {
    begun(policy, atMillis, begun);
    doubled(policy, atMillis, doubled);
  }

  /** Tells of each policy which share of its notifications was sent twice in the last hour. */
  public void shares(long nowMillis, ObjDoubleConsumer<String> told) {
    uses.forEach(
        (policy, use) ->
            told.accept(
                policy,
                (double) use.doubled.successes(nowMillis)
                    / Math.max(1, use.begun.successes(nowMillis))));
    uses.values().removeIf(use -> use.isEmpty(nowMillis));
  }

  private void begun(String policy, long atMillis, int count) {
    Use use = use(policy, atMillis);
    if (use != null) {
      use.begun.record(AttemptResult.SUCCESS, count, atMillis);
    }
  }

  private void doubled(String policy, long atMillis, int count) {
    Use use = use(policy, atMillis);
    if (use != null) {
      use.doubled.record(AttemptResult.SUCCESS, count, atMillis);
    }
  }

  private @Nullable Use use(String policy, long nowMillis) {
    Use known = uses.get(policy);
    if (known != null) {
      return known;
    }
    if (uses.size() >= MAX_NAMES) {
      uses.values().removeIf(use -> use.isEmpty(nowMillis));
    }
    if (uses.size() >= MAX_NAMES) {
      return null;
    }
    Use fresh = new Use();
    uses.put(policy, fresh);
    return fresh;
  }
}
