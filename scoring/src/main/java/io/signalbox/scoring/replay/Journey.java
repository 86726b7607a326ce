package io.signalbox.scoring.replay;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What became of one notification so far, on the way that the other policy sends it. */
final class Journey {
  private record Place(String channel, String provider) {}

  private final RecordedNotification recorded;
  private final Tally tally;
  private final Set<Place> triedThisRound = new HashSet<>();
  private final Map<Place, Integer> used = new HashMap<>();
  private final Map<String, Long> restsUntilMillis = new HashMap<>();
  private int counted;
  private int roundsOver;
  private boolean withoutEvidence;

  Journey(RecordedNotification recorded) {
    this.recorded = recorded;
    this.tally = new Tally(recorded.startedAtMillis());
  }

  RecordedNotification recorded() {
    return recorded;
  }

  /** The attempts that count against their limit: a provider without capacity costs none. */
  int counted() {
    return counted;
  }

  boolean isFirst() {
    return used.isEmpty();
  }

  int roundsOver() {
    return roundsOver;
  }

  boolean isWithoutEvidence() {
    return withoutEvidence;
  }

  boolean hasTriedAny() {
    return !triedThisRound.isEmpty();
  }

  boolean hasTried(String channel, String provider) {
    return triedThisRound.contains(new Place(channel, provider));
  }

  /** How many attempts it has had there, in all rounds. */
  int usedBefore(String channel, String provider) {
    return used.getOrDefault(new Place(channel, provider), 0);
  }

  /** Until when it leaves a provider alone that had no capacity for it. */
  long restsUntilMillis(String provider) {
    return restsUntilMillis.getOrDefault(provider, Long.MIN_VALUE);
  }

  /** Counts an attempt that ended so. */
  void attempt(RecordedAttempt like, double price, long endMillis) {
    Place place = new Place(like.channel(), like.provider());
    used.merge(place, 1, Integer::sum);
    if (like.outcome() != RecordedOutcome.THROTTLED) {
      triedThisRound.add(place);
      counted++;
    }
    tally.add(like, endMillis, price);
  }

  void rest(String provider, long untilMillis) {
    restsUntilMillis.put(provider, untilMillis);
  }

  void endRound() {
    triedThisRound.clear();
    roundsOver++;
  }

  void endWithoutEvidence() {
    withoutEvidence = true;
  }

  Side.Result result() {
    return tally.result();
  }
}
