package io.signalbox.gateway.delivery;

import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.canary.Tally;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import java.util.concurrent.atomic.AtomicLong;

/** Counts how the attempts of one generation end. Thread-safe; written by one thread. */
final class AttemptTally {
  private final AtomicLong attempts = new AtomicLong();
  private final AtomicLong bad = new AtomicLong();

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
    // The attempt last: whoever reads in between sees no more bad ones than attempts.
    long worse = outcome.kind() == OutcomeKind.SENT ? 0 : 1;
    attempts.incrementAndGet();
    bad.addAndGet(worse);
  }

  /** What was counted so far. */
  Tally now() {
    long worse = bad.get();
    return new Tally(attempts.get(), worse);
  }
}
