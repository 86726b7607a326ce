package io.signalbox.gateway.operation;

import io.signalbox.gateway.ledger.OperationAttempt.End;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.operation.Answer;
import java.util.Set;

/** Reads an answer as the end of an attempt. */
final class AnswerEnd {
  /** Too much asked, not available, a proxy's time-out; 0 is no answer at all. */
  private static final Set<Integer> RETRYABLE = Set.of(0, 429, 503, 504);

  private AnswerEnd() {}

  static End of(Answer<?> answer, long nowMillis) {
    Evidence evidence = answer.evidence();
    if (answer instanceof Answer.Unserved<?> unserved) {
      return new End(
          How.UNSERVED,
          nowMillis,
          false,
          unserved.shortage().wireName(),
          evidence.httpStatus(),
          evidence.message());
    }
    How how = answer instanceof Answer.Failed<?> failed ? how(failed.outcome()) : How.DONE;
    return new End(
        how,
        nowMillis,
        mayPass(how, evidence),
        evidence.code(),
        evidence.httpStatus(),
        evidence.message());
  }

  private static How how(Outcome outcome) {
    OutcomeKind kind = outcome.kind();
    return switch (kind) {
      case SENT -> throw new IllegalArgumentException("what is done has a value");
      case TRANSIENT -> How.TRANSIENT;
      case THROTTLED -> How.THROTTLED;
      case PROVIDER_FAULT -> How.PROVIDER_FAULT;
      case REJECTED ->
          outcome instanceof Outcome.Rejected rejected
                  && rejected.reason() == ReasonClass.SLOT_TAKEN
              ? How.TAKEN
              : How.REJECTED;
      case UNKNOWN -> How.UNKNOWN;
    };
  }

  /** The breaker's no is not worth asking again in seconds: it stays open for longer. */
  private static boolean mayPass(How how, Evidence evidence) {
    return switch (how) {
      case THROTTLED -> true;
      case TRANSIENT, UNKNOWN ->
          RETRYABLE.contains(evidence.httpStatus())
              && !PastAttempt.BREAKER_OPEN.equals(evidence.code());
      default -> false;
    };
  }
}
