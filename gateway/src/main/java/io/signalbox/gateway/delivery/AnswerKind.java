package io.signalbox.gateway.delivery;

import io.signalbox.scoring.AttemptResult;
import io.signalbox.spi.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What the answers of one kind of call say to a provider's breaker.
 *
 * @param <A> an answer
 */
interface AnswerKind<A> {

  /** The answer to a call that got none. */
  A instead(Outcome outcome);

  /** What an answer says of its provider. */
  Said said(A answer);

  /** Whether the call keeps a time-out of its own, longer than that of the provider. */
  default boolean hasOwnTimeout() {
    return false;
  }

  /**
   * What an answer says.
   *
   * @param outcome how the call ended; null if it is neither a success nor any failure
   * @param counted whether it speaks for the provider or against it
   */
  record Said(@Nullable Outcome outcome, AttemptResult counted) {}

  /**
   * Of deliveries.
   *
   * @param cutShort whether it has less time than it may take: a missing answer does not count then
   */
  static AnswerKind<Outcome> delivery(boolean cutShort) {
    return cutShort ? Deliveries.CUT_SHORT : Deliveries.WHOLE;
  }

  /** Made once: they are on the way of every attempt. */
  enum Deliveries implements AnswerKind<Outcome> {
    /** With all the time they may take. */
    WHOLE,
    /** With less. */
    CUT_SHORT;

    @Override
    public Outcome instead(Outcome outcome) {
      return outcome;
    }

    @Override
    public Said said(Outcome answer) {
      return new Said(answer, FailureKinds.result(answer, this == CUT_SHORT));
    }
  }
}
