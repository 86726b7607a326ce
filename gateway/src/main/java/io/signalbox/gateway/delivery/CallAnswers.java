package io.signalbox.gateway.delivery;

import io.signalbox.gateway.call.RequestType;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.operation.Answer;

/**
 * What the answers to calls of operations say. A call that only reads is never unknown: it may be
 * asked again, so that without an answer it was simply in vain.
 *
 * @param type the kind of call
 * @param cutShort whether it has much less time than it may take, or is a series: a missing answer
 *     does not count then
 * @param <T> what the call gives
 */
record CallAnswers<T>(RequestType type, boolean cutShort) implements AnswerKind<Answer<T>> {

  @Override
  public Answer<T> instead(Outcome outcome) {
    return checked(new Answer.Failed<>(outcome));
  }

  /** The answer as it is told: of a read nothing is unknown. */
  Answer<T> checked(Answer<T> answer) {
    return !type.changes()
            && answer instanceof Answer.Failed<T> failed
            && failed.outcome() instanceof Outcome.Unknown unknown
        ? new Answer.Failed<>(new Outcome.Transient(unknown.evidence()))
        : answer;
  }

  @Override
  public boolean hasOwnTimeout() {
    return type.isSeries();
  }

  @Override
  public Said said(Answer<T> answer) {
    if (answer instanceof Answer.Failed<T> failed) {
      Outcome outcome = failed.outcome();
      return new Said(outcome, FailureKinds.result(outcome, cutShort));
    }
    return new Said(
        null, answer instanceof Answer.Done<T> ? AttemptResult.SUCCESS : AttemptResult.NEUTRAL);
  }
}
