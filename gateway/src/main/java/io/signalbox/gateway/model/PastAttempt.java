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
 * @param asked whether its provider was asked at all; see {@link #wasAsked}
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
    long endedAtMillis,
    boolean asked) {
  /** The round of attempts that stand in the way of nothing any more. */
  public static final int BEFORE_REPLAY = -1;

  /** The code of an attempt whose time was over before its provider could be asked. */
  public static final String DEADLINE_OVER = "deadline_over";

  /** The code of an attempt whose provider was taken away before it could be asked. */
  public static final String PROVIDER_GONE = "provider_gone";

  /** The code of an attempt before which its provider's breaker has opened. */
  public static final String BREAKER_OPEN = "breaker_open";

  /** An attempt that was made, and of which no receipt came. */
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
        endedAtMillis,
        true);
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
        endedAtMillis,
        asked);
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
        endedAtMillis,
        asked);
  }

  /**
   * Whether the provider of an attempt was asked at all: what was not tried uses up no attempt of
   * its policy.
   *
   * @param outcome how it ended; null while it is under way
   * @param code the code of its outcome; null if it has none
   */
  public static boolean wasAsked(@Nullable OutcomeKind outcome, @Nullable String code) {
    return outcome != OutcomeKind.TRANSIENT
        || !(DEADLINE_OVER.equals(code) || PROVIDER_GONE.equals(code) || BREAKER_OPEN.equals(code));
  }

  /** Whether the provider took it, by its answer or by what it told later. */
  public boolean wasSent() {
    return outcome == OutcomeKind.SENT || (outcome == OutcomeKind.UNKNOWN && receipt.rank() > 0);
  }

  /** Whether it may have reached the recipient, as far as anybody knows. */
  public boolean mayHaveArrived() {
    return mayHaveArrived(outcome, receipt);
  }

  /**
   * The same of any attempt.
   *
   * @param outcome how it ended; null while it is under way
   * @param receipt the receipt that ranks highest
   */
  public static boolean mayHaveArrived(@Nullable OutcomeKind outcome, ReceiptStatus receipt) {
    boolean left = outcome == null || outcome == OutcomeKind.SENT || outcome == OutcomeKind.UNKNOWN;
    return left && !receipt.meansNotDelivered();
  }
}
