package io.signalbox.scoring.breaker;

/** The answer of a {@link Breaker} to the wish to make a call. */
public sealed interface Permit permits Permit.Granted, Permit.Denied {

  /**
   * The call may be made. Its result must be reported with this permit; a call that was not made
   * after all reports {@code NEUTRAL}.
   *
   * @param generation the breaker's generation; results of an older one change nothing
   * @param trial whether it is a trial of a half-open breaker
   * @param trialId tells trials apart; 0 for calls that are not trials
   * @param deadlineMillis when a trial without a result counts as failed, epoch milliseconds;
   *     {@link Long#MAX_VALUE} for calls that are not trials
   */
  record Granted(long generation, boolean trial, long trialId, long deadlineMillis)
      implements Permit {

    /** Of a closed breaker: no trial. */
    static Granted whileClosed(long generation) {
      return new Granted(generation, false, 0, Long.MAX_VALUE);
    }
  }

  /**
   * The call must not be made.
   *
   * @param state the breaker's state, open or half-open
   * @param retryAtMillis the earliest moment at which asking again can help, epoch milliseconds
   */
  record Denied(BreakerState state, long retryAtMillis) implements Permit {}
}
