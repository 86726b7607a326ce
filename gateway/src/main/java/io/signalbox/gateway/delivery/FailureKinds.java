package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.ScoringMessages;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.FailureKind;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import org.jspecify.annotations.Nullable;

/** In what way an attempt failed, told from its outcome and the evidence. */
final class FailureKinds {
  private static final int FIRST_SERVER_ERROR = 500;

  /** The plugins' code, and the gateway's own, for an answer that did not come in time. */
  static final String TIMEOUT = "timeout";

  /** The gateway's code for a plugin that broke its contract. */
  static final String PROVIDER_BUG = "provider_bug";

  private FailureKinds() {}

  /** The kind; null if it was sent. */
  static @Nullable FailureKind of(Outcome outcome) {
    return switch (outcome.kind()) {
      case SENT -> null;
      case THROTTLED -> FailureKind.THROTTLED;
      case REJECTED -> FailureKind.REJECTED;
      case PROVIDER_FAULT -> FailureKind.PROVIDER_FAULT;
      case TRANSIENT, UNKNOWN -> byEvidence(outcome.evidence());
    };
  }

  /**
   * What an attempt says of its provider's health.
   *
   * @param cutShort whether it had less time than it may take: that no answer came says nothing
   *     then
   */
  static AttemptResult result(Outcome outcome, boolean cutShort) {
    return cutShort && of(outcome) == FailureKind.TIMEOUT
        ? AttemptResult.NEUTRAL
        : ScoringMessages.resultOf(outcome.kind());
  }

  private static FailureKind byEvidence(Evidence evidence) {
    if (TIMEOUT.equals(evidence.code())) {
      return FailureKind.TIMEOUT;
    }
    if (evidence.httpStatus() >= FIRST_SERVER_ERROR) {
      return FailureKind.SERVER_ERROR;
    }
    boolean answered = evidence.progress() == Progress.ANSWERED;
    return answered || PROVIDER_BUG.equals(evidence.code())
        ? FailureKind.OTHER
        : FailureKind.CONNECTION;
  }
}
