package io.signalbox.scoring.replay;

import io.signalbox.scoring.Choice;
import io.signalbox.scoring.Selection;
import io.signalbox.scoring.replay.Evidence.Finding;
import io.signalbox.scoring.replay.ReplayPolicy.OnUnknown;
import io.signalbox.scoring.replay.ReplayReport.Coverage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The back-test: sends recorded notifications through another policy and compares what that would
 * have made of them with what happened.
 *
 * <p>Time runs as it did. At each decision the health windows, breakers and load are those that the
 * recorded attempts had made by then: the other policy judges by what was truly known, and its own
 * choices do not feed back into what it knows. How an attempt ends that was not made is drawn from
 * what was recorded of that provider at about that time ({@link Evidence}); so the result is an
 * estimate, and its {@link Coverage} says how much of it rests on what happened to the very
 * notification. The same input and seed give the same report.
 *
 * <p>Work and memory grow with the recorded attempts; a notification makes at most {@code
 * maxAttempts} attempts, those not counted for which a provider had no capacity, and waits at most
 * {@value #MAX_WAITS} times for somebody to be available.
 */
public final class Replay {
  private static final int MAX_WAITS = 1_000;
  private static final long MIN_WAIT_MILLIS = 1_000;
  private static final String BREAKER_OPEN = "breaker_open";
  private static final String COOLING_DOWN = "cooling_down";

  private record Due(long atMillis, long order, int waits, Journey journey) {}

  private record Found(String channel, String provider) {}

  private final ReplayPolicy policy;
  private final ReplaySettings settings;
  private final List<Journey> journeys = new ArrayList<>();
  private final PastWorld world;
  private final Evidence evidence;
  private final SplittableRandom random;
  private final Map<String, Selection> selections = new HashMap<>();
  private final Map<Evidence.Grade, Integer> grades = new EnumMap<>(Evidence.Grade.class);
  private final Map<String, Integer> chosen = new HashMap<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(
          (a, b) ->
              a.atMillis() != b.atMillis()
                  ? Long.compare(a.atMillis(), b.atMillis())
                  : Long.compare(a.order(), b.order()));
  private long order;
  private int withoutEvidence;

  private Replay(
      List<RecordedNotification> recorded,
      List<ReplayProvider> providers,
      ReplayPolicy policy,
      ReplaySettings settings) {
    this.policy = policy;
    this.settings = settings;
    this.random = new SplittableRandom(settings.seed());
    this.world = new PastWorld(recorded, providers, policy, settings);
    this.evidence = new Evidence(recorded, settings, random.split());
    for (RecordedNotification notification : recorded) {
      Journey journey = new Journey(notification);
      journeys.add(journey);
      due.add(new Due(notification.startedAtMillis(), order++, 0, journey));
    }
  }

  /**
   * Runs a replay.
   *
   * @param recorded what happened, in any order
   * @param providers whom the policy may choose
   */
  public static ReplayReport run(
      List<RecordedNotification> recorded,
      List<ReplayProvider> providers,
      ReplayPolicy policy,
      ReplaySettings settings) {
    Replay replay = new Replay(recorded, providers, policy, settings);
    replay.travel();
    return replay.report();
  }

  private void travel() {
    Due next = due.poll();
    while (next != null) {
      world.advanceTo(next.atMillis());
      decide(next);
      next = due.poll();
    }
  }

  private void decide(Due now) {
    Journey journey = now.journey();
    long age = now.atMillis() - journey.recorded().startedAtMillis();
    if (journey.counted() >= policy.maxAttempts() || age > policy.windowMillis()) {
      return;
    }
    Found found = choose(journey, now.atMillis());
    if (found != null) {
      attempt(journey, found, now);
    } else if (!journey.hasTriedAny()) {
      waitForSomebody(journey, now, false);
    } else if (journey.roundsOver() + 1 < policy.maxRounds()) {
      journey.endRound();
      again(journey, now.atMillis() + policy.backoffMillis(journey.roundsOver()), now.waits());
    } else {
      // As the dispatcher does: nothing is given up while a provider only cools down.
      waitForSomebody(journey, now, true);
    }
  }

  private void waitForSomebody(Journey journey, Due now, boolean onlyCoolingDown) {
    long earliest = Long.MAX_VALUE;
    for (String channel : channels(journey)) {
      for (String provider : world.providersOf(channel)) {
        String reason = reasonAgainst(journey, channel, provider, now.atMillis());
        if (reason == null || reason.equals(COOLING_DOWN)) {
          earliest = Math.min(earliest, restsUntilMillis(journey, provider));
        } else if (reason.equals(BREAKER_OPEN) && !onlyCoolingDown) {
          earliest = Math.min(earliest, world.admitsAtMillis(provider, now.atMillis()));
        }
      }
    }
    if (earliest != Long.MAX_VALUE && now.waits() < MAX_WAITS) {
      again(journey, Math.max(now.atMillis() + MIN_WAIT_MILLIS, earliest), now.waits() + 1);
    }
  }

  private long restsUntilMillis(Journey journey, String provider) {
    return Math.max(journey.restsUntilMillis(provider), world.restsUntilMillis(provider));
  }

  private void again(Journey journey, long atMillis, int waits) {
    due.add(new Due(atMillis, order++, waits, journey));
  }

  private List<String> channels(Journey journey) {
    List<String> all = journey.recorded().channels();
    return policy.fallbackChannels() ? all : all.subList(0, 1);
  }

  private @Nullable Found choose(Journey journey, long nowMillis) {
    boolean mayExplore = journey.isFirst() && policy.provider() == null;
    for (String channel : channels(journey)) {
      Choice choice =
          selections
              .computeIfAbsent(channel, any -> new Selection(policy.exploration(), random.split()))
              .choose(
                  world.ranking(channel, nowMillis),
                  provider -> reasonAgainst(journey, channel, provider, nowMillis),
                  mayExplore);
      String provider = choice.provider();
      if (provider != null) {
        return new Found(channel, provider);
      }
    }
    return null;
  }

  private @Nullable String reasonAgainst(
      Journey journey, String channel, String provider, long nowMillis) {
    if (policy.provider() != null && !policy.provider().equals(provider)) {
      return "not_the_pinned_provider";
    }
    if (journey.hasTried(channel, provider)) {
      return "already_tried";
    }
    if (world.isOpen(provider, nowMillis)) {
      return BREAKER_OPEN;
    }
    return nowMillis < restsUntilMillis(journey, provider) ? COOLING_DOWN : null;
  }

  private void attempt(Journey journey, Found found, Due now) {
    Finding finding =
        evidence.find(
            journey.recorded(),
            journey.usedBefore(found.channel(), found.provider()),
            found.channel(),
            found.provider(),
            now.atMillis());
    if (finding == null) {
      withoutEvidence++;
      journey.endWithoutEvidence();
      return;
    }
    grades.merge(finding.grade(), 1, Integer::sum);
    chosen.merge(found.provider(), 1, Integer::sum);
    RecordedAttempt like = finding.like();
    long endMillis = now.atMillis() + like.tookMillis();
    journey.attempt(like, world.price(found.provider()), endMillis);
    switch (like.outcome()) {
      case SENT, REJECTED -> {
        // That was the last attempt.
      }
      case TRANSIENT, PROVIDER_FAULT -> again(journey, endMillis, 0);
      case THROTTLED -> {
        journey.rest(found.provider(), endMillis + settings.coolDownMillis());
        again(journey, endMillis, now.waits() + 1);
      }
      case UNKNOWN -> {
        if (policy.onUnknown() == OnUnknown.FAILOVER
            && !like.isConfirmedWithin(policy.unknownWaitMillis())) {
          again(journey, endMillis + policy.unknownWaitMillis(), 0);
        }
      }
    }
  }

  private ReplayReport report() {
    List<Side.Result> happened = new ArrayList<>();
    List<Side.Result> other = new ArrayList<>();
    Map<String, Integer> used = new HashMap<>();
    for (Journey journey : journeys) {
      for (RecordedAttempt attempt : journey.recorded().attempts()) {
        used.merge(attempt.provider(), 1, Integer::sum);
      }
      if (!journey.isWithoutEvidence()) {
        happened.add(recorded(journey.recorded()));
        other.add(journey.result());
      }
    }
    int direct = grades.getOrDefault(Evidence.Grade.DIRECT, 0);
    int near = grades.getOrDefault(Evidence.Grade.NEAR, 0);
    int far = grades.getOrDefault(Evidence.Grade.FAR, 0);
    return new ReplayReport(
        Side.of(happened),
        Side.of(other),
        Difference.of(happened, other, settings.resamples(), random.split()),
        new Coverage(direct + near + far + withoutEvidence, direct, near, far, withoutEvidence),
        withoutEvidence,
        shares(used),
        shares(chosen));
  }

  private Side.Result recorded(RecordedNotification notification) {
    Tally tally = new Tally(notification.startedAtMillis());
    for (RecordedAttempt attempt : notification.attempts()) {
      tally.add(attempt, attempt.endedAtMillis(), world.price(attempt.provider()));
    }
    return tally.result();
  }

  private static Map<String, Double> shares(Map<String, Integer> counts) {
    int total = counts.values().stream().mapToInt(Integer::intValue).sum();
    Map<String, Double> shares = new HashMap<>();
    counts.forEach((provider, count) -> shares.put(provider, (double) count / total));
    return shares;
  }
}
