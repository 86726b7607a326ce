package io.signalbox.scoring.replay;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What became of one notification so far, on the way that the other policy sends it. */
final class Journey {
  private record Place(String channel, String provider) {}

  private final RecordedNotification recorded;
  private final Set<Place> triedThisRound = new HashSet<>();
  private final Map<Place, Integer> used = new HashMap<>();
  private boolean unexplained;
  private int attempts;
  private int roundsOver;
  private int duplicates;
  private double cost;
  private long lastEndMillis;
  private boolean over;
  private boolean success;
  private boolean withoutEvidence;

  Journey(RecordedNotification recorded) {
    this.recorded = recorded;
    this.lastEndMillis = recorded.startedAtMillis();
  }

  RecordedNotification recorded() {
    return recorded;
  }

  int attempts() {
    return attempts;
  }

  int roundsOver() {
    return roundsOver;
  }

  boolean isOver() {
    return over;
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

  /** Counts an attempt. */
  void attempt(String channel, String provider, RecordedAttempt like, double price, long atMillis) {
    Place place = new Place(channel, provider);
    triedThisRound.add(place);
    used.merge(place, 1, Integer::sum);
    attempts++;
    if (unexplained) {
      duplicates++;
      unexplained = false;
    }
    if (like.outcome() == RecordedOutcome.SENT || like.confirmedAfterMillis() >= 0) {
      cost += price;
    }
    lastEndMillis = atMillis + like.tookMillis();
  }

  /** The attempt may have arrived: the next one may make a duplicate. */
  void leaveUnexplained() {
    unexplained = true;
  }

  void endRound() {
    triedThisRound.clear();
    roundsOver++;
  }

  void end(boolean succeeded) {
    over = true;
    success = succeeded;
  }

  void endWithoutEvidence() {
    over = true;
    withoutEvidence = true;
  }

  Side.Result result() {
    return new Side.Result(
        success, lastEndMillis - recorded.startedAtMillis(), cost, duplicates, attempts);
  }
}
