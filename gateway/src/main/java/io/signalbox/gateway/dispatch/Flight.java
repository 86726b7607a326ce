package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Channel;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.SendNotification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An attempt that is about to begin or under way.
 *
 * @param item the notification, without this attempt
 * @param start the attempt as the ledger records it
 * @param provider where it goes
 * @param reservation the permit it holds
 * @param recipient the address on its channel
 * @param fullMillis how long it would take if nothing cut it off; see {@link
 *     Deadlines#fullAttemptMillis}
 * @param budgeted what its policy's duplicate budget counts when it begins
 */
record Flight(
    WorkItem item,
    AttemptStart start,
    BoardEntry provider,
    BoardEntry.Reservation reservation,
    Recipient recipient,
    long fullMillis,
    Budgeted budgeted) {

  /**
   * What counts for a duplicate budget.
   *
   * @param policy whose budget it is
   * @param first whether the notification begins with this attempt
   * @param doubles whether this is the first attempt that may send it twice
   */
  record Budgeted(String policy, boolean first, boolean doubles) {}

  /** How long the attempt may still take. */
  Duration left(long nowMillis) {
    return Duration.ofMillis(start.deadlineAtMillis() - nowMillis);
  }

  /** The request for the provider, if it is handed over now. */
  DeliveryRequest request(long nowMillis) {
    SendNotification notification = item.notification();
    Instant expiresAt = notification.expiresAt();
    Duration validFor =
        expiresAt == null
            ? null
            : Duration.ofMillis(Math.max(1, expiresAt.toEpochMilli() - start.startedAtMillis()));
    return new DeliveryRequest(
        start.attempt().toString(),
        item.id().toString(),
        start.channel(),
        notification.type(),
        recipient,
        notification.content(),
        left(nowMillis),
        validFor,
        notification.tags(),
        item.trace().traceparent(),
        start.channel() == Channel.EMAIL ? notification.mail() : null);
  }

  /** Whether it ends before its full time, so that a missing answer is not the provider's fault. */
  boolean isCutShort() {
    return start.deadlineAtMillis() - start.startedAtMillis() < fullMillis;
  }

  /** The notification with this attempt, now ended. */
  WorkItem itemAfter(Outcome outcome, long endedAtMillis) {
    OutcomeKind kind = outcome.kind();
    List<PastAttempt> attempts = new ArrayList<>(item.attempts());
    attempts.add(
        new PastAttempt(
            start.attempt().number(),
            start.round(),
            start.channel(),
            start.provider(),
            kind,
            ReceiptStatus.UNKNOWN,
            null,
            start.startedAtMillis(),
            endedAtMillis,
            PastAttempt.wasAsked(kind, outcome.evidence().code())));
    return item.withAttempts(attempts);
  }
}
