package io.signalbox.gateway.model;

import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReceiptStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a later decision must know of an earlier attempt.
 *
 * @param number counts from 1
 * @param round the round it belonged to, counted from 0; {@link #BEFORE_REPLAY} if that was before
 *     a person had the notification replayed
 * @param channel the channel it used
 * @param provider the provider it used
 * @param outcome how it ended; null while it is under way
 * @param receipt the receipt that ranks highest so far; {@link ReceiptStatus#UNKNOWN} for none
 * @param providerMessageId the provider's id of the message; null if none is known
 * @param startedAtMillis when it began
 * @param endedAtMillis when it ended; 0 while it is under way
 */
public record PastAttempt(
    int number,
    int round,
    Channel channel,
    String provider,
    @Nullable OutcomeKind outcome,
    ReceiptStatus receipt,
    @Nullable String providerMessageId,
    long startedAtMillis,
    long endedAtMillis) {
  /** The round of attempts that stand in the way of nothing any more. */
  public static final int BEFORE_REPLAY = -1;

  /** An attempt of which no receipt came. */
  public PastAttempt(
      int number,
      int round,
      Channel channel,
      String provider,
      @Nullable OutcomeKind outcome,
      long startedAtMillis,
      long endedAtMillis) {
    this(
        number,
        round,
        channel,
        provider,
        outcome,
        ReceiptStatus.UNKNOWN,
        null,
        startedAtMillis,
        endedAtMillis);
  }

  /** The same, known to have ended otherwise. */
  public PastAttempt withOutcome(OutcomeKind told) {
    return new PastAttempt(
        number,
        round,
        channel,
        provider,
        told,
        receipt,
        providerMessageId,
        startedAtMillis,
        endedAtMillis);
  }

  /** The same, of which the provider has told more. */
  public PastAttempt withReceipt(ReceiptStatus told) {
    return new PastAttempt(
        number,
        round,
        channel,
        provider,
        outcome,
        told,
        providerMessageId,
        startedAtMillis,
        endedAtMillis);
  }

  /** Whether the provider took it, by its answer or by what it told later. */
  public boolean wasSent() {
    return outcome == OutcomeKind.SENT || (outcome == OutcomeKind.UNKNOWN && receipt.rank() > 0);
  }

  /** Whether it may have reached the recipient, as far as anybody knows. */
  public boolean mayHaveArrived() {
    boolean left = outcome == null || outcome == OutcomeKind.SENT || outcome == OutcomeKind.UNKNOWN;
    return left && !receipt.meansNotDelivered();
  }
}
