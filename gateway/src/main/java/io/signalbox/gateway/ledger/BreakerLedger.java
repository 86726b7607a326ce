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
   * One transition.
   *
   * @param provider whose breaker
   * @param fromState {@code closed}, {@code open} or {@code half_open}
   * @param toState likewise
   * @param reason why, in words
   * @param generation the breaker's generation after it
   * @param atMillis when
   * @param openUntilMillis when it may half-open; 0 unless open
   * @param recoveryTimeoutMillis how long the last opening lasts; the next failed trial doubles it
   * @param actor who forced it; null if it moved by itself
   */
  record BreakerTransition(
      String provider,
      String fromState,
      String toState,
      String reason,
      long generation,
      long atMillis,
      long openUntilMillis,
      long recoveryTimeoutMillis,
      @Nullable String actor) {}
}
