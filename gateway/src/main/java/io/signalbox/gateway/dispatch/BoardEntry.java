package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.scoring.rate.TokenBucket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One provider on the {@link ProviderBoard}. Thread-confined. */
final class BoardEntry {
  /** How many notifications may wait for one provider outside their lanes. */
  static final int MAX_PARKED = 256;

  private static final long MIN_COOL_DOWN_MILLIS = 1_000;
  private static final long MAX_COOL_DOWN_MILLIS = 300_000;

  private final ArrayDeque<WorkItem> parked = new ArrayDeque<>();
  private final int maxUnderWay;
  private ProviderState state;
  private int inFlight;
  private int trialsInFlight;
  private long coolUntilMillis;
  private long lastFreedAtMillis;
  private @Nullable TokenBucket rate;

  BoardEntry(ProviderState state, int maxUnderWay) {
    this.state = state;
    this.rate = rateOf(state);
    this.maxUnderWay = maxUnderWay;
  }

  /** Whether a provider can take an attempt. */
  enum Readiness {
    /** Now. */
    READY,
    /** As soon as an attempt under way ends, or by its rate very soon. */
    BUSY,
    /** Not by waiting for an attempt: draining, breaker open, cooling down. */
    UNAVAILABLE
  }

  ProviderState state() {
    return state;
  }

  /**
   * Takes in a newer state; what is under way at an older generation still counts until it ends.
   */
  void replace(ProviderState newer) {
    if (newer.breaker().generation() != state.breaker().generation()
        || newer.generation() != state.generation()) {
      trialsInFlight = 0;
    }
    if (newer.maxPerSecond() != state.maxPerSecond()) {
      rate = rateOf(newer);
    }
    state = newer;
  }

  int inFlight() {
    return inFlight;
  }

  Readiness readiness(long nowMillis) {
    String reason = reasonAgainst(nowMillis);
    if (reason == null) {
      return Readiness.READY;
    }
    return isWorthWaiting(reason) ? Readiness.BUSY : Readiness.UNAVAILABLE;
  }

  /** Why it takes nothing while it asked for a pause. */
  static final String COOLING_DOWN = "cooling_down";

  private static final String BUSY = "no_permit";
  private static final String TRIAL_UNDER_WAY = "half_open_trial_under_way";
  private static final String RATE_LIMITED = "rate_limited";

  /** Whether what stands against an attempt is over without anybody's doing. */
  static boolean isWorthWaiting(String reasonAgainst) {
    return reasonAgainst.equals(BUSY)
        || reasonAgainst.equals(TRIAL_UNDER_WAY)
        || reasonAgainst.equals(RATE_LIMITED);
  }

  private static @Nullable TokenBucket rateOf(ProviderState state) {
    return state.maxPerSecond() > 0 ? TokenBucket.ofSecond(state.maxPerSecond(), 0) : null;
  }

  /** Why it cannot take an attempt now, or null if it can. */
  @Nullable String reasonAgainst(long nowMillis) {
    if (state.stage() != Stage.ACTIVE) {
      return "draining";
    }
    if ("open".equals(state.breaker().state())) {
      return "breaker_open";
    }
    if (nowMillis < coolUntilMillis) {
      return COOLING_DOWN;
    }
    if (!state.breaker().isClosed() && trialsInFlight >= state.breaker().trials()) {
      return TRIAL_UNDER_WAY;
    }
    if (inFlight >= Math.min(maxUnderWay, state.maxConcurrent())) {
      return BUSY;
    }
    return rate == null || rate.hasToken(nowMillis) ? null : RATE_LIMITED;
  }

  /** Whether its breaker is half-open and waits for a trial. */
  boolean wantsTrial(long nowMillis) {
    return !state.breaker().isClosed() && reasonAgainst(nowMillis) == null;
  }

  /**
   * When it may be available again: now if it is, a guess of one second if only an operator knows.
   */
  long availableAtMillis(long nowMillis) {
    if (state.stage() != Stage.ACTIVE) {
      return Long.MAX_VALUE;
    }
    return Math.max(nowMillis, Math.max(coolUntilMillis, state.breaker().openUntilMillis()));
  }

  /** Reserves a permit. */
  Reservation reserve(long nowMillis) {
    inFlight++;
    if (rate != null) {
      rate.take(nowMillis);
    }
    boolean trial = !state.breaker().isClosed();
    if (trial) {
      trialsInFlight++;
    }
    return new Reservation(state.generation(), state.breaker().generation(), trial);
  }

  /** Gives a permit back. */
  void free(Reservation reservation, long nowMillis) {
    inFlight--;
    lastFreedAtMillis = nowMillis;
    if (reservation.trial()
        && reservation.breakerGeneration() == state.breaker().generation()
        && reservation.generation() == state.generation()) {
      trialsInFlight = Math.max(0, trialsInFlight - 1);
    }
  }

  /** When a permit was last given back: a provider that hangs gives none back for long. */
  long lastFreedAtMillis() {
    return lastFreedAtMillis;
  }

  /**
   * Gives it no work for a while.
   *
   * @param asked how long the provider asks for; null if it does not say. Kept within a second and
   *     five minutes
   */
  void coolDown(@Nullable Duration asked, long nowMillis) {
    long millis = asked == null ? MIN_COOL_DOWN_MILLIS : asked.toMillis();
    long within = Math.max(MIN_COOL_DOWN_MILLIS, Math.min(millis, MAX_COOL_DOWN_MILLIS));
    coolUntilMillis = Math.max(coolUntilMillis, nowMillis + within);
  }

  /** Lets a notification wait for a permit; false if too many wait. */
  boolean park(WorkItem item) {
    if (parked.size() >= MAX_PARKED) {
      return false;
    }
    parked.addLast(item);
    return true;
  }

  @Nullable WorkItem unpark() {
    return parked.pollFirst();
  }

  /** All that waited here. */
  List<WorkItem> unparkAll() {
    List<WorkItem> all = List.copyOf(parked);
    parked.clear();
    return all;
  }

  /** A permit that was taken. */
  record Reservation(long generation, long breakerGeneration, boolean trial) {}
}
