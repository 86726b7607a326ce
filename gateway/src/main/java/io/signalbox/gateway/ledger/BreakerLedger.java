package io.signalbox.gateway.ledger;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the state of circuit breakers over restarts, and the history of their transitions. */
public interface BreakerLedger {

  /** Records a transition and the breaker's state after it. */
  Future<Void> recordTransition(BreakerTransition transition);

  /** The latest state of every breaker that ever moved. */
  Future<List<BreakerTransition>> breakers();

  /**
   * The transitions of one breaker, newest first.
   *
   * @param before only older ones than the one with this id; {@link Long#MAX_VALUE} for the newest
   * @param limit at most so many, 1 to 1000
   */
  Future<List<BreakerEvent>> transitions(String provider, long before, int limit);

  /**
   * A stored transition.
   *
   * @param id grows with each one
   */
  record BreakerEvent(long id, BreakerTransition transition) {}

  /**
   * One transition.
   *
   * @param provider whose breaker
   * @param fromState {@code closed}, {@code open} or {@code half_open}
   * @param toState likewise
   * @param cause why, a word of {@code TransitionCause}
   * @param reason why, in words
   * @param generation the breaker's generation after it
   * @param atMillis when
   * @param openUntilMillis when it may half-open; 0 unless open
   * @param recoveryTimeoutMillis how long the last opening lasts; the next failed trial doubles it
   * @param fault whether it opened because the provider cannot work at all, and has not closed
   *     since
   * @param actor who forced it; null if it moved by itself
   * @param evidence what led to it, a JSON object: counts of the window, the last failures
   */
  record BreakerTransition(
      String provider,
      String fromState,
      String toState,
      String cause,
      String reason,
      long generation,
      long atMillis,
      long openUntilMillis,
      long recoveryTimeoutMillis,
      boolean fault,
      @Nullable String actor,
      String evidence) {}
}
