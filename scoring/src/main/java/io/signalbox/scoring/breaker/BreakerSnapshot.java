package io.signalbox.scoring.breaker;

/**
 * The state of a breaker, to be stored or shared with other nodes. The rolling window and the
 * trials under way are not part of it: they belong to the calls of one process.
 *
 * @param state the state
 * @param generation how many changes led to it; the higher one is the newer one
 * @param changedAtMillis when it changed last, epoch milliseconds
 * @param openUntilMillis when an open breaker admits its first trial, epoch milliseconds; 0 unless
 *     open
 * @param recoveryTimeoutMillis how long the last opening lasts; the next failed trial doubles it
 * @param trialSuccesses trials that have succeeded while half-open
 * @param fault whether it opened because the provider cannot work at all, and has not closed since
 * @param reason why it changed last, for people
 */
public record BreakerSnapshot(
    BreakerState state,
    long generation,
    long changedAtMillis,
    long openUntilMillis,
    long recoveryTimeoutMillis,
    int trialSuccesses,
    boolean fault,
    String reason) {

  /**
   * Whether this one replaces the other: the higher generation does. When two nodes decided at the
   * same time, the more cautious decision wins on all of them: open before half-open before closed,
   * then the longer opening.
   */
  public boolean supersedes(BreakerSnapshot other) {
    if (generation != other.generation) {
      return generation > other.generation;
    }
    if (state != other.state) {
      return state.compareTo(other.state) > 0;
    }
    return openUntilMillis > other.openUntilMillis;
  }

  /** That of a new breaker: closed, of generation 0. */
  static BreakerSnapshot first(BreakerSettings settings) {
    return new BreakerSnapshot(
        BreakerState.CLOSED, 0, 0, 0, settings.recoveryTimeoutMillis(), 0, false, "new");
  }

  /** The one that follows this by a change now. A provider's fault stands until it closes. */
  BreakerSnapshot next(
      BreakerState to,
      long nowMillis,
      long nextOpenUntilMillis,
      long nextRecoveryTimeoutMillis,
      TransitionCause cause,
      String why) {
    boolean faulty =
        to != BreakerState.CLOSED && (fault || cause == TransitionCause.PROVIDER_FAULT);
    return new BreakerSnapshot(
        to,
        generation + 1,
        nowMillis,
        nextOpenUntilMillis,
        nextRecoveryTimeoutMillis,
        0,
        faulty,
        why);
  }

  BreakerSnapshot withTrialSuccess() {
    return new BreakerSnapshot(
        state,
        generation,
        changedAtMillis,
        openUntilMillis,
        recoveryTimeoutMillis,
        trialSuccesses + 1,
        fault,
        reason);
  }

  /** Returns this with an opening that ends then at the latest. */
  BreakerSnapshot openAtMostUntil(long latestMillis) {
    return openUntilMillis <= latestMillis
        ? this
        : new BreakerSnapshot(
            state,
            generation,
            changedAtMillis,
            latestMillis,
            recoveryTimeoutMillis,
            trialSuccesses,
            fault,
            reason);
  }

  /**
   * Returns this with what a node of other settings, or a damaged store, got out of range put
   * right.
   */
  BreakerSnapshot within(BreakerSettings settings) {
    return new BreakerSnapshot(
        state,
        generation,
        changedAtMillis,
        state == BreakerState.OPEN ? openUntilMillis : 0,
        Math.max(
            settings.recoveryTimeoutMillis(),
            Math.min(recoveryTimeoutMillis, settings.maxRecoveryTimeoutMillis())),
        Math.max(0, trialSuccesses),
        fault && state != BreakerState.CLOSED,
        reason);
  }
}
