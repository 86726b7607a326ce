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
 * maxAttempts} attempts and waits at most {@value #MAX_WAITS} times for a breaker.
 */
public final class Replay {
  private static final int MAX_WAITS = 1_000;
  private static final long MIN_WAIT_MILLIS = 1_000;

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
    if (journey.attempts() >= policy.maxAttempts() || age > policy.windowMillis()) {
      journey.end(false);
      return;
    }
    Found found = choose(journey, now.atMillis());
    if (found != null) {
      attempt(journey, found, now.atMillis());
    } else if (journey.hasTriedAny()) {
      journey.endRound();
      if (journey.roundsOver() >= policy.maxRounds()) {
        journey.end(false);
      } else {
        again(journey, now.atMillis() + policy.backoffMillis(journey.roundsOver()), now.waits());
      }
    } else {
      waitForBreaker(journey, now);
    }
  }

  private void waitForBreaker(Journey journey, Due now) {
    long earliest = Long.MAX_VALUE;
    for (String channel : channels(journey)) {
      earliest = Math.min(earliest, world.earliestMillis(channel, now.atMillis()));
    }
    if (earliest == Long.MAX_VALUE || now.waits() >= MAX_WAITS) {
      journey.end(false);
    } else {
      again(journey, Math.max(now.atMillis() + MIN_WAIT_MILLIS, earliest), now.waits() + 1);
    }
  }

  private void again(Journey journey, long atMillis, int waits) {
    due.add(new Due(atMillis, order++, waits, journey));
  }

  private List<String> channels(Journey journey) {
    List<String> all = journey.recorded().channels();
    return policy.fallbackChannels() ? all : all.subList(0, 1);
  }

  private @Nullable Found choose(Journey journey, long nowMillis) {
    boolean mayExplore = journey.attempts() == 0 && policy.provider() == null;
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
    return world.isOpen(provider, nowMillis) ? "breaker_open" : null;
  }

  private void attempt(Journey journey, Found found, long atMillis) {
    Finding finding =
        evidence.find(
            journey.recorded(),
            journey.usedBefore(found.channel(), found.provider()),
            found.channel(),
            found.provider(),
            atMillis);
    if (finding == null) {
      withoutEvidence++;
      journey.endWithoutEvidence();
      return;
    }
    grades.merge(finding.grade(), 1, Integer::sum);
    chosen.merge(found.provider(), 1, Integer::sum);
    RecordedAttempt like = finding.like();
    journey.attempt(
        found.channel(), found.provider(), like, world.price(found.provider()), atMillis);
    long endMillis = atMillis + like.tookMillis();
    switch (like.outcome()) {
      case SENT -> journey.end(like.isSuccess());
      case REJECTED -> journey.end(false);
      case TRANSIENT, THROTTLED, PROVIDER_FAULT -> again(journey, endMillis, 0);
      case UNKNOWN -> unknown(journey, like, endMillis);
    }
  }

  private void unknown(Journey journey, RecordedAttempt like, long endMillis) {
    if (like.isConfirmedWithin(policy.unknownWaitMillis())) {
      journey.end(true);
    } else if (policy.onUnknown() == OnUnknown.STOP) {
      journey.end(false);
    } else {
      journey.leaveUnexplained();
      again(journey, endMillis + policy.unknownWaitMillis(), 0);
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

  /** What happened, measured as the other side is. */
  private Side.Result recorded(RecordedNotification notification) {
    boolean success = false;
    double cost = 0;
    int duplicates = 0;
    long endMillis = notification.startedAtMillis();
    RecordedAttempt before = null;
    for (RecordedAttempt attempt : notification.attempts()) {
      if (before != null && before.outcome() == RecordedOutcome.UNKNOWN) {
        duplicates++;
      }
      if (attempt.outcome() == RecordedOutcome.SENT || attempt.confirmedAfterMillis() >= 0) {
        cost += world.price(attempt.provider());
      }
      if (!success) {
        success = attempt.isSuccess();
        endMillis = attempt.endedAtMillis();
      }
      before = attempt;
    }
    return new Side.Result(
        success,
        endMillis - notification.startedAtMillis(),
        cost,
        duplicates,
        notification.attempts().size());
  }

  private static Map<String, Double> shares(Map<String, Integer> counts) {
    int total = counts.values().stream().mapToInt(Integer::intValue).sum();
    Map<String, Double> shares = new HashMap<>();
    counts.forEach((provider, count) -> shares.put(provider, (double) count / total));
    return shares;
  }
}
