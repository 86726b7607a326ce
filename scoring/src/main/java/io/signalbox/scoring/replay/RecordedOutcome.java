package io.signalbox.scoring.replay;

import io.signalbox.scoring.AttemptResult;

/** How a recorded attempt ended: the six outcomes. */
public enum RecordedOutcome {
  SENT(AttemptResult.SUCCESS),
  TRANSIENT(AttemptResult.FAILURE),
  THROTTLED(AttemptResult.NEUTRAL),
  PROVIDER_FAULT(AttemptResult.FAILURE),
  REJECTED(AttemptResult.NEUTRAL),
  UNKNOWN(AttemptResult.FAILURE);

  private final AttemptResult result;

  RecordedOutcome(AttemptResult result) {
    this.result = result;
  }

  /** What it says of the provider's health. */
  public AttemptResult result() {
    return result;
  }
}
