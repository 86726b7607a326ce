package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReceiptStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a change must know of an attempt before it can decide.
 *
 * @param outcome null while it is under way
 * @param best the receipt that ranks highest so far; {@link ReceiptStatus#UNKNOWN} for none
 * @param endedAtMillis when it ended; 0 while it is under way
 * @param providerMessageId the provider's id of the message; null if none is known
 * @param confirmWithinMillis how long a delivered receipt is waited for; 0 if nobody waits
 * @param confirmation whether it began because an earlier one was not confirmed
 * @param cancelWish whether the application has called the notification back meanwhile
 */
record AttemptRow(
    String provider,
    @Nullable OutcomeKind outcome,
    ReceiptStatus best,
    Channel channel,
    long endedAtMillis,
    @Nullable String providerMessageId,
    long confirmWithinMillis,
    boolean confirmation,
    boolean cancelWish) {

  /** What is stored of one that begins. */
  static AttemptRow of(AttemptStart start) {
    return new AttemptRow(
        start.provider(),
        null,
        ReceiptStatus.UNKNOWN,
        start.channel(),
        0,
        null,
        start.confirmation().withinMillis(),
        start.confirmation().failover(),
        false);
  }

  /** The same after its end. */
  AttemptRow ended(Settlement end) {
    return new AttemptRow(
        provider,
        end.outcome().kind(),
        best,
        channel,
        end.endedAtMillis(),
        end.outcome() instanceof Outcome.Sent sent ? sent.providerMessageId() : null,
        confirmWithinMillis,
        confirmation,
        cancelWish);
  }

  /** Whether its message, once sent, is to be confirmed by a receipt. */
  boolean wantsConfirmation() {
    return confirmWithinMillis > 0 && !cancelWish;
  }
}
