package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.operation.Answer;
import org.jspecify.annotations.Nullable;

/**
 * How a call of an operation ended.
 *
 * @param attempt as in {@link CallStart}
 * @param outcome how; {@code sent} if it was done, and {@code rejected} if the provider works and
 *     has not what was wanted, with the shortage as the code, as attempts of operations are stored
 * @param code the provider's code, or ours; null if there is none
 * @param evidence why
 * @param rentalId the provider's id of the rental or booking; null to leave what was recorded
 * @param endedAtMillis now
 * @param tookMillis how long it took
 */
public record CallEnd(
    AttemptId attempt,
    OutcomeKind outcome,
    @Nullable String code,
    Evidence evidence,
    @Nullable String rentalId,
    long endedAtMillis,
    long tookMillis) {

  /** The end with that answer. */
  public static CallEnd of(
      AttemptId attempt,
      Answer<?> answer,
      @Nullable String rentalId,
      long endedAtMillis,
      long tookMillis) {
    Evidence evidence = answer.evidence();
    OutcomeKind outcome = OutcomeKind.SENT;
    String code = evidence.code();
    if (answer instanceof Answer.Failed<?> failed) {
      Outcome how = failed.outcome();
      outcome = how.kind();
    } else if (answer instanceof Answer.Unserved<?> unserved) {
      outcome = OutcomeKind.REJECTED;
      code = unserved.shortage().wireName();
    }
    return new CallEnd(attempt, outcome, code, evidence, rentalId, endedAtMillis, tookMillis);
  }
}
