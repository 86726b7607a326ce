package io.signalbox.gateway.ledger;

import io.signalbox.gateway.ledger.Suppression.Origin;
import io.signalbox.gateway.ledger.SuppressionLedger.Listed;
import io.signalbox.gateway.ledger.SuppressionLedger.Wish;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import java.util.List;
import java.util.Map;

/**
 * A ledger under test that has a suppression list, and the words in which its tests speak of it.
 */
abstract class SuppressionContract extends LedgerContract {
  static final String MAIL = "someone@example.org";
  static final String PHONE = "+15558675310";

  List<Suppression> all() throws Exception {
    return await(suppressions().suppressions(SuppressionFilter.all(TENANT), Long.MAX_VALUE, 100));
  }

  Listed list(Channel channel, String address) throws Exception {
    Wish wish = wish(channel, address, SuppressionReason.HARD_BOUNCE);
    return await(suppressions().suppress(List.of(wish), NOW)).get(0);
  }

  static Wish wish(Channel channel, String address, SuppressionReason reason) {
    return new Wish(new Addressee(TENANT, channel, address), reason, Origin.api("boss", "by hand"));
  }

  /** Accepts a notification that ignores the list, and begins its first attempt. */
  NotificationId begun(boolean ignoring) throws Exception {
    AcceptRequest request =
        request(
            notification(Channel.EMAIL, List.of(new Recipient.Email(MAIL)), List.of(), ignoring));
    await(ledger().accept(request));
    await(ledger().begin(ignoring(start(request.id(), 1))));
    return request.id();
  }

  static AttemptStart ignoring(AttemptStart start) {
    return new AttemptStart(
        start.attempt(),
        start.round(),
        start.channel(),
        start.provider(),
        start.generation(),
        start.decision(),
        start.startedAtMillis(),
        start.deadlineAtMillis(),
        start.possibleDuplicate(),
        start.recipient(),
        true);
  }

  AcceptRequest sms(boolean ignoring, List<Channel> fallback) {
    return request(
        notification(
            Channel.SMS,
            List.of(new Recipient.Phone(PHONE), new Recipient.Email(MAIL)),
            fallback,
            ignoring));
  }

  AcceptRequest request(SendNotification notification) {
    return new AcceptRequest(
        ids.next(),
        notification,
        new StoredForm().write(notification),
        NotificationState.QUEUED,
        NOW,
        NOW,
        "tester");
  }

  static SendNotification notification(
      Channel channel, List<Recipient> recipients, List<Channel> fallback, boolean ignoring) {
    return new SendNotification(
        TENANT,
        "greeting",
        channel,
        recipients,
        new Content(null, "hello", null),
        Priority.NORMAL,
        fallback,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        ignoring,
        null);
  }
}
