package io.signalbox.scoring.breaker;

/**
 * A change of a breaker's state. From and to are equal when an open breaker is opened anew or a
 * closed one is reset.
 *
 * @param from the state before
 * @param to the state after
 * @param cause why, for machines
 * @param reason why, for people
 * @param atMillis when, epoch milliseconds
 * @param generation the generation that began with it
 * @param openUntilMillis when an open breaker admits its first trial, epoch milliseconds; 0 unless
 *     open
 * @param windowCalls calls counted in the rolling window at that moment
 * @param windowFailures failures counted in the rolling window at that moment
 * @param trialSuccesses trials that had succeeded at that moment
 */
public record Transition(
    BreakerState from,
    BreakerState to,
    TransitionCause cause,
    String reason,
    long atMillis,
    long generation,
    long openUntilMillis,
    int windowCalls,
    int windowFailures,
    int trialSuccesses) {

  /** The change from one state to another, with the counts of the window before it. */
  static Transition of(
      BreakerSnapshot before,
      BreakerSnapshot after,
      TransitionCause cause,
      long atMillis,
      int windowCalls,
      int windowFailures) {
    return new Transition(
        before.state(),
        after.state(),
        cause,
        after.reason(),
        atMillis,
        after.generation(),
        after.openUntilMillis(),
        windowCalls,
        windowFailures,
        before.trialSuccesses());
  }
}
