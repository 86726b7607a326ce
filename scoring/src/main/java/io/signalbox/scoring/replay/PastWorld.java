package io.signalbox.scoring.replay;

import io.signalbox.scoring.Candidate;
import io.signalbox.scoring.HealthWindow;
import io.signalbox.scoring.Ranker;
import io.signalbox.scoring.Ranking;
import io.signalbox.scoring.TrafficShares;
import io.signalbox.scoring.breaker.Breaker;
import io.signalbox.scoring.breaker.BreakerState;
import io.signalbox.scoring.breaker.Permit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The health, breakers and load of all providers at a moment of the past, rebuilt from what was
 * recorded up to then. Time only goes forward.
 */
final class PastWorld {
  private static final class Standing {
    final ReplayProvider facts;
    final HealthWindow window;
    final Breaker breaker;
    int inFlight;
    long restsUntilMillis = Long.MIN_VALUE;

    Standing(ReplayProvider facts, ReplaySettings settings) {
      this.facts = facts;
      this.window = new HealthWindow(settings.healthWindow());
      this.breaker = new Breaker(settings.breaker());
    }

    boolean isOpen(long nowMillis) {
      breaker.tick(nowMillis);
      return breaker.state() == BreakerState.OPEN;
    }
  }

  private final Map<String, Standing> providers = new LinkedHashMap<>();
  private final Map<String, Ranking> rankings = new HashMap<>();
  private final Map<String, TrafficShares> shares = new HashMap<>();
  private final List<RecordedAttempt> byStart;
  private final List<RecordedAttempt> byEnd;
  private final ReplayPolicy policy;
  private final ReplaySettings settings;
  private int started;
  private int ended;
  private long rankingId;

  PastWorld(
      List<RecordedNotification> recorded,
      List<ReplayProvider> candidates,
      ReplayPolicy policy,
      ReplaySettings settings) {
    this.policy = policy;
    this.settings = settings;
    for (ReplayProvider candidate : candidates) {
      providers.put(candidate.provider(), new Standing(candidate, settings));
    }
    byStart = new ArrayList<>();
    recorded.forEach(notification -> byStart.addAll(notification.attempts()));
    byEnd = new ArrayList<>(byStart);
    byStart.sort(Comparator.comparingLong(RecordedAttempt::startedAtMillis));
    byEnd.sort(Comparator.comparingLong(RecordedAttempt::endedAtMillis));
  }

  /** Takes in what had begun before that moment, and what had ended by then. */
  void advanceTo(long nowMillis) {
    while (started < byStart.size() && byStart.get(started).startedAtMillis() < nowMillis) {
      count(byStart.get(started++), 1);
    }
    while (ended < byEnd.size() && byEnd.get(ended).endedAtMillis() <= nowMillis) {
      RecordedAttempt attempt = byEnd.get(ended++);
      count(attempt, -1);
      record(attempt);
    }
  }

  private void count(RecordedAttempt attempt, int change) {
    Standing standing = providers.get(attempt.provider());
    if (standing != null) {
      standing.inFlight += change;
    }
  }

  private void record(RecordedAttempt attempt) {
    Standing standing = providers.get(attempt.provider());
    if (standing == null) {
      return;
    }
    long at = attempt.endedAtMillis();
    standing.window.record(attempt.outcome().result(), attempt.tookMillis(), at);
    if (attempt.outcome() == RecordedOutcome.THROTTLED) {
      standing.restsUntilMillis = at + settings.coolDownMillis();
    }
    boolean wasOpen = standing.breaker.state() == BreakerState.OPEN;
    if (standing.breaker.tryAcquire(at) instanceof Permit.Granted permit) {
      if (attempt.outcome() == RecordedOutcome.PROVIDER_FAULT) {
        standing.breaker.providerFault(permit, at, "recorded");
      } else {
        standing.breaker.onResult(permit, attempt.outcome().result(), at);
      }
    }
    if (wasOpen != (standing.breaker.state() == BreakerState.OPEN)) {
      rankings.clear();
    }
  }

  boolean isOpen(String provider, long nowMillis) {
    Standing standing = providers.get(provider);
    return standing != null && standing.isOpen(nowMillis);
  }

  /** When its open breaker lets a trial through; now if it is not open. */
  long admitsAtMillis(String provider, long nowMillis) {
    Standing standing = providers.get(provider);
    return standing != null && standing.isOpen(nowMillis)
        ? standing.breaker.nextTickMillis()
        : nowMillis;
  }

  /** Until when it cools down because it had no capacity. */
  long restsUntilMillis(String provider) {
    Standing standing = providers.get(provider);
    return standing == null ? Long.MIN_VALUE : standing.restsUntilMillis;
  }

  /** Whom a channel has. */
  List<String> providersOf(String channel) {
    return providers.values().stream()
        .map(standing -> standing.facts)
        .filter(facts -> facts.channels().contains(channel))
        .map(ReplayProvider::provider)
        .toList();
  }

  /** The price of a message there; 0 where it is not known. */
  double price(String provider) {
    Standing standing = providers.get(provider);
    return standing == null ? 0 : standing.facts.price().orElse(0);
  }

  Ranking ranking(String channel, long nowMillis) {
    Ranking known = rankings.get(channel);
    if (known != null && nowMillis - known.atMillis() < settings.rankingMillis()) {
      return known;
    }
    List<Candidate> candidates = new ArrayList<>();
    for (Standing standing : providers.values()) {
      if (standing.facts.channels().contains(channel)) {
        candidates.add(candidate(standing, nowMillis));
      }
    }
    Ranking made =
        Ranker.rank(
            ++rankingId, nowMillis, channel, candidates, policy.score(), policy.parameters());
    TrafficShares moving = shares.get(channel);
    boolean first = moving == null;
    if (moving == null) {
      moving =
          new TrafficShares(
              TrafficShares.DEFAULT_MAX_SHIFT_PER_SECOND, TrafficShares.DEFAULT_MARGIN);
      shares.put(channel, moving);
    }
    Ranking shared =
        moving.step(made, policy.strategy(), policy.parameters().minSuccessRate(), null, first);
    rankings.put(channel, shared);
    return shared;
  }

  private static Candidate candidate(Standing standing, long nowMillis) {
    ReplayProvider facts = standing.facts;
    return new Candidate(
        facts.provider(),
        standing.window.snapshot(),
        facts.priorityRank(),
        facts.weight(),
        Math.max(0, standing.inFlight),
        facts.maxConcurrent(),
        OptionalInt.empty(),
        facts.price(),
        standing.isOpen(nowMillis),
        null);
  }
}
