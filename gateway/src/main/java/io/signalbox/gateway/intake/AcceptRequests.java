package io.signalbox.gateway.intake;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.spi.intake.SendNotification;
import java.time.Clock;
import java.time.Instant;

/** Makes what the ledger is asked to store. Thread-safe. */
final class AcceptRequests {
  private final PolicyBook policies;
  private final NotificationIds ids;
  private final Clock clock;

  AcceptRequests(PolicyBook policies, NotificationIds ids, Clock clock) {
    this.policies = policies;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * A request.
   *
   * @param batch whether it waits in the lanes of batches
   */
  AcceptRequest of(IntakeItem item, boolean batch, Sender sender) {
    long now = clock.millis();
    SendNotification notification = item.notification();
    Instant sendAt = notification.sendAt();
    long dueAt = sendAt == null ? now : Math.max(now, sendAt.toEpochMilli());
    NotificationId id = item.id();
    return new AcceptRequest(
        id == null ? ids.next() : id,
        notification,
        policies.resolve(notification).fallbackChannelsOf(notification),
        item.content(),
        batch,
        dueAt > now ? NotificationState.SCHEDULED : NotificationState.QUEUED,
        now,
        dueAt,
        sender.subject(),
        item.requestDigest(),
        sender.trace(),
        item.claim());
  }
}
