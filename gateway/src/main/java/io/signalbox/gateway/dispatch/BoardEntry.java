package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ProviderMessages.Canary;
import io.signalbox.gateway.bus.ProviderMessages.LimitsNow;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.rate.RateDesk;
import io.signalbox.gateway.rate.RateGate;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.scoring.rate.AdaptiveConcurrency;
import io.signalbox.spi.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One provider on the {@link ProviderBoard}. Thread-confined. */
final class BoardEntry {
  /** How many notifications may wait for one provider outside their lanes. */
  static final int MAX_PARKED = 256;

  /** From this share of its timeout on an attempt without an answer hung; timers are not exact. */
  private static final double HUNG_FROM = 0.9;

  private final ArrayDeque<WorkItem> parked = new ArrayDeque<>();
  private final int maxUnderWay;
  private final CoolDown coolDown;
  private final AdaptiveConcurrency concurrency;
  private final RateGate rate;
  private ProviderState state;
  private @Nullable Canary canary;
  private int inFlight;
  private int trialsInFlight;
  private long lastFreedAtMillis;

  BoardEntry(ProviderState state, int maxUnderWay, CoolDownRange coolDowns, RateDesk desk) {
    ProviderLimits limits = state.limits();
    this.state = state;
    this.maxUnderWay = maxUnderWay;
    this.coolDown = new CoolDown(state.provider(), coolDowns, desk);
    this.concurrency = new AdaptiveConcurrency(maxConcurrency(limits));
    this.rate = new RateGate(state.provider(), limits, desk);
  }

  /** Whether a provider can take an attempt. */
  enum Readiness {
    /** Now. */
    READY,
    /** As soon as an attempt under way ends, or by its rate very soon. */
    BUSY,
    /**
     * When the trials of its half-open breaker are over, if they go well: that may take some
     * attempts' time.
     */
    ON_TRIAL,
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
    if (canary != null && canary.generation() <= newer.generation()) {
      canary = null;
    }
    concurrency.setMaximum(maxConcurrency(newer.limits()));
    rate.configure(newer.limits());
    state = newer;
  }

  /** Takes in that a generation goes on trial, or that its trial ends. */
  void canary(Canary news) {
    if (news.share() > 0 && news.generation() > state.generation()) {
      canary = news;
    } else if (canary != null && canary.generation() == news.generation()) {
      canary = null;
    }
  }

  /** Which generation takes an attempt: the current one, or one on trial where all is well. */
  long generationFor(AttemptId attempt) {
    Canary trial = canary;
    return trial != null && state.breaker().isClosed() && trial.takes(attempt)
        ? trial.generation()
        : state.generation();
  }

  int inFlight() {
    return inFlight;
  }

  Readiness readiness(long nowMillis) {
    String reason = reasonAgainst(nowMillis);
    if (reason == null) {
      return Readiness.READY;
    }
    if (isOnTrial(reason)) {
      return Readiness.ON_TRIAL;
    }
    return isBusy(reason) ? Readiness.BUSY : Readiness.UNAVAILABLE;
  }

  /** Why it takes nothing while it asked for a pause. */
  static final String COOLING_DOWN = "cooling_down";

  private static final String BUSY = "no_permit";
  private static final String TRIAL_UNDER_WAY = "half_open_trial_under_way";
  private static final String RATE_LIMITED = "rate_limited";

  /** Whether what stands against an attempt is over without anybody's doing. */
  static boolean isWorthWaiting(String reasonAgainst) {
    return isBusy(reasonAgainst) || isOnTrial(reasonAgainst);
  }

  /** Whether that is over as soon as an attempt ends, or by its rate. */
  static boolean isBusy(String reasonAgainst) {
    return reasonAgainst.equals(BUSY) || reasonAgainst.equals(RATE_LIMITED);
  }

  /** Whether that is over when trials of its half-open breaker are. */
  static boolean isOnTrial(String reasonAgainst) {
    return reasonAgainst.equals(TRIAL_UNDER_WAY);
  }

  private int maxConcurrency(ProviderLimits limits) {
    return Math.min(maxUnderWay, limits.maxConcurrent());
  }

  /** How many attempts may be under way now. */
  int concurrencyNow() {
    return state.limits().adaptiveConcurrency() ? concurrency.limit() : concurrency.maximum();
  }

  /** What it is given now. */
  LimitsNow limits(long nowMillis) {
    return new LimitsNow(
        concurrencyNow(),
        concurrency.maximum(),
        rate.perSecond(nowMillis),
        rate.configuredPerSecond());
  }

  /** Why it cannot take an attempt now, or null if it can. */
  @Nullable String reasonAgainst(long nowMillis) {
    if (state.stage() != Stage.ACTIVE) {
      return "draining";
    }
    if ("open".equals(state.breaker().state())) {
      return "breaker_open";
    }
    if (nowMillis < coolDown.untilMillis()) {
      return COOLING_DOWN;
    }
    if (!state.breaker().isClosed() && trialsInFlight >= state.breaker().trials()) {
      return TRIAL_UNDER_WAY;
    }
    if (inFlight >= concurrencyNow()) {
      return BUSY;
    }
    return rate.hasToken(nowMillis) ? null : RATE_LIMITED;
  }

  /** When its rate lets the next attempt through; now if that is not what it waits for. */
  long nextTokenAtMillis(long nowMillis) {
    return RATE_LIMITED.equals(reasonAgainst(nowMillis))
        ? rate.nextTokenAtMillis(nowMillis)
        : nowMillis;
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
    return Math.max(nowMillis, Math.max(coolDown.untilMillis(), state.breaker().openUntilMillis()));
  }

  /** Reserves a permit. */
  Reservation reserve(long nowMillis) {
    inFlight++;
    rate.take(nowMillis);
    boolean trial = !state.breaker().isClosed();
    if (trial) {
      trialsInFlight++;
    }
    return new Reservation(state.generation(), state.breaker().generation(), trial);
  }

  /**
   * An attempt ended: its permit comes back, and the limits learn from how it went.
   *
   * @param tookMillis how long the provider took
   * @param fullMillis how long an attempt may take that nothing cuts off
   */
  void ended(
      Reservation reservation, Outcome outcome, long tookMillis, long fullMillis, long nowMillis) {
    switch (outcome.kind()) {
      case SENT, REJECTED -> {
        rate.accepted(nowMillis);
        concurrency.answered(tookMillis, inFlight);
      }
      case TRANSIENT, UNKNOWN -> {
        if (tookMillis >= fullMillis * HUNG_FROM) {
          concurrency.hung(tookMillis, inFlight);
        }
      }
      case THROTTLED, PROVIDER_FAULT -> {
        // Tells nothing of how long it takes.
      }
    }
    if (outcome instanceof Outcome.Throttled throttled) {
      Duration asked = throttled.retryAfter();
      rate.throttled(nowMillis - tookMillis, asked == null ? 0 : asked.toMillis(), nowMillis);
      coolDown.begin(asked, nowMillis);
    }
    free(reservation, nowMillis);
  }

  /** Gives back the permit and the token of an attempt with which the provider was not called. */
  void giveBack(Reservation reservation, long nowMillis) {
    rate.giveBack(nowMillis);
    free(reservation, nowMillis);
  }

  private void free(Reservation reservation, long nowMillis) {
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

  /** The time in which it is given no work. */
  CoolDown coolDown() {
    return coolDown;
  }

  /** Others have come or gone with whom its rate is kept. */
  void ratesChanged(long nowMillis) {
    rate.deskChanged(nowMillis);
  }

  /** Its provider is gone. */
  void close() {
    rate.close();
  }

  /** Lets a notification wait for a permit; false if too many wait. */
  boolean park(WorkItem item) {
    if (parked.size() >= MAX_PARKED) {
      return false;
    }
    parked.addLast(item);
    return true;
  }

  boolean hasParked() {
    return !parked.isEmpty();
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
