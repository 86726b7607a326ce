package io.signalbox.gateway.delivery;

import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.canary.Tally;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;

/** Counts how the attempts of one generation end. Thread-safe; written by one thread. */
final class AttemptTally {
  private volatile Tally counted = Tally.NONE;

  /**
   * Counts an end. What the provider or the deadline is to be thanked for, whatever the version,
   * does not count.
   */
  void ended(Outcome outcome, boolean cutShort) {
    if (outcome.kind() == OutcomeKind.THROTTLED
        || (cutShort
            && outcome.kind() == OutcomeKind.UNKNOWN
            && FailureKinds.result(outcome, true) == AttemptResult.NEUTRAL)) {
      return;
    }
    count(outcome.kind() != OutcomeKind.SENT);
  }

  private void count(boolean bad) {
    // Both in one step: whoever reads in between must not see half of an attempt.
    Tally before = counted;
    counted = new Tally(before.attempts() + 1, before.bad() + (bad ? 1 : 0));
  }

  /** Counts the end of a call of an operation, unless it says nothing of the version. */
  void ended(AttemptResult result) {
    if (result != AttemptResult.NEUTRAL) {
      count(result == AttemptResult.FAILURE);
    }
  }

  /** What was counted so far. */
  Tally now() {
    return counted;
  }
}
