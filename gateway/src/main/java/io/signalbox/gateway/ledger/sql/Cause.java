package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * What moves a notification, as far as an event tells it.
 *
 * @param attempt the attempt that it comes from; null if there was none
 * @param provider who made the attempt; null if there was none
 * @param channel the channel of the attempt; null if there was none
 * @param code the provider's own code
 * @param text the provider's own explanation
 * @param occurredAtMillis when it happened
 */
record Cause(
    @Nullable AttemptId attempt,
    @Nullable String provider,
    @Nullable String providerMessageId,
    @Nullable Channel channel,
    ReasonClass reason,
    @Nullable String code,
    @Nullable String text,
    long occurredAtMillis) {

  /** The same with another explanation. */
  Cause withText(@Nullable String other) {
    return new Cause(
        attempt, provider, providerMessageId, channel, reason, code, other, occurredAtMillis);
  }

  /** The same where the suppression list stands against it. */
  Cause suppressed() {
    return new Cause(
        attempt,
        provider,
        providerMessageId,
        channel,
        ReasonClass.SUPPRESSED,
        code,
        text,
        occurredAtMillis);
  }

  /** What a provider said of an attempt. */
  static Cause receipt(AttemptId id, AttemptRow attempt, Receipt receipt) {
    String messageId = receipt.providerMessageId();
    return new Cause(
        id,
        attempt.provider(),
        messageId == null ? attempt.providerMessageId() : messageId,
        attempt.channel(),
        receipt.reason(),
        receipt.providerCode(),
        receipt.providerText(),
        receipt.occurredAt().toEpochMilli());
  }

  /** The end of an attempt. */
  static Cause outcome(AttemptId id, AttemptRow attempt, Outcome outcome, long nowMillis) {
    Evidence evidence = outcome.evidence();
    return new Cause(
        id,
        attempt.provider(),
        outcome instanceof Outcome.Sent sent ? sent.providerMessageId() : null,
        attempt.channel(),
        outcome instanceof Outcome.Rejected rejected ? rejected.reason() : ReasonClass.NONE,
        evidence.code(),
        evidence.message(),
        nowMillis);
  }

  /** The gateway's own decision, or a person's; names the latest attempt if there was one. */
  static Cause decision(NotificationRow row, long nowMillis) {
    return new Cause(
        row.attempts() == 0 ? null : new AttemptId(row.id(), row.attempts()),
        row.lastProvider(),
        null,
        null,
        ReasonClass.NONE,
        null,
        null,
        nowMillis);
  }
}
