package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Work items for tests. */
final class WorkItems {
  static final long ACCEPTED_AT = 1_000_000;

  private WorkItems() {}

  static SendNotification notification(
      Priority priority, @Nullable OnUnknown onUnknown, @Nullable Instant expiresAt) {
    return new SendNotification(
        SendNotification.DEFAULT_TENANT,
        "test",
        Channel.EMAIL,
        List.of(new Recipient.Email("a@example.com")),
        new Content("t", "m", null),
        priority,
        List.of(),
        null,
        expiresAt,
        null,
        onUnknown,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        false,
        null);
  }

  /** The same notification for one provider only. */
  static SendNotification pinned(SendNotification plain, @Nullable String provider) {
    return new SendNotification(
        plain.tenant(),
        plain.type(),
        plain.channel(),
        plain.recipients(),
        plain.content(),
        plain.priority(),
        plain.fallbackChannels(),
        plain.sendAt(),
        plain.expiresAt(),
        plain.confirmWithin(),
        plain.onUnknown(),
        provider,
        plain.policy(),
        plain.maxAttempts(),
        plain.country(),
        plain.metadata(),
        plain.tags(),
        plain.ignoreSuppression(),
        plain.idempotencyKey());
  }

  static WorkItem fresh() {
    return item(notification(Priority.NORMAL, null, null), 0, List.of());
  }

  static WorkItem item(SendNotification notification, int round, List<PastAttempt> attempts) {
    return new WorkItem(
        new NotificationId(ACCEPTED_AT << 12, 7),
        notification,
        ACCEPTED_AT,
        attempts.isEmpty() ? NotificationState.QUEUED : NotificationState.PROCESSING,
        round,
        attempts,
        100);
  }

  static WorkItem tried(WorkItem item, String provider, OutcomeKind outcome, long endedAt) {
    List<PastAttempt> attempts = new ArrayList<>(item.attempts());
    attempts.add(
        new PastAttempt(
            attempts.size() + 1,
            item.round(),
            Channel.EMAIL,
            provider,
            outcome,
            endedAt - 100,
            endedAt));
    return item(item.notification(), item.round(), attempts);
  }
}
