package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.DeliveryNews;
import io.signalbox.gateway.ledger.DeliveryNews.Verdict;
import io.signalbox.gateway.ledger.EventIds;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.EventTypes;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.ledger.sql.Subscriptions.Link;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.events.NotificationEvent;
import io.signalbox.spi.intake.SendNotification;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of the change that is being applied. They belong to its result: told once it is
 * committed, forgotten if it is taken back; those that callback endpoints want are stored with it.
 * Events that nobody could want are not even made.
 */
final class News {
  private final EventOutlet outlet;
  private final RecipientReader recipients;
  private final Subscriptions subscriptions;
  private final OutboxTable outbox;
  private List<NotificationEvent> events = List.of();
  private List<DeliveryNews> deliveries = List.of();
  private Set<Long> endpoints = Set.of();

  News(
      EventOutlet outlet,
      RecipientReader recipients,
      Subscriptions subscriptions,
      OutboxTable outbox) {
    this.outlet = outlet;
    this.recipients = recipients;
    this.subscriptions = subscriptions;
    this.outbox = outbox;
  }

  /** Forgets what a change before has left. */
  void begin() {
    events = List.of();
    deliveries = List.of();
    endpoints = Set.of();
  }

  /** What there is to tell since the begin. */
  Told take() {
    Told told =
        events.isEmpty() && deliveries.isEmpty() && endpoints.isEmpty()
            ? Told.NOTHING
            : new Told(events, deliveries, endpoints);
    begin();
    return told;
  }

  /** A receipt was new. */
  void received(
      NotificationRow row, AttemptId id, AttemptRow attempt, Receipt receipt, Arrival arrival)
      throws SQLException {
    judge(attempt, receipt, arrival);
    String type = EventTypes.of(receipt.status());
    if (isWanted(row.tenant(), type)) {
      String eventId = EventIds.ofReceipt(attempt.provider(), receipt.eventId());
      Cause cause = Cause.receipt(id, attempt, receipt);
      String status = receipt.status().wireName();
      tell(event(eventId, type, status, row, cause, receipt.recipient(), arrival.atMillis()), row);
    }
  }

  /** What scoring hears of a receipt. */
  private void judge(AttemptRow attempt, Receipt receipt, Arrival arrival) {
    long receivedAtMillis = arrival.atMillis();
    if (deliveries.isEmpty()) {
      deliveries = new ArrayList<>(2);
    }
    long accepted = attempt.endedAtMillis() == 0 ? receivedAtMillis : attempt.endedAtMillis();
    deliveries.add(
        new DeliveryNews(
            attempt.provider(),
            attempt.channel(),
            accepted,
            verdict(attempt, receipt),
            DeliveryNews.within(accepted, receipt.occurredAt().toEpochMilli(), receivedAtMillis),
            receivedAtMillis,
            arrival.lookedUp()));
  }

  /** The first receipt counts that says whether a message arrived which the provider accepted. */
  private static Verdict verdict(AttemptRow attempt, Receipt receipt) {
    boolean accepted = attempt.outcome() == null || attempt.outcome() == OutcomeKind.SENT;
    ReceiptStatus before = attempt.best();
    if (!accepted || before.meansDelivered() || before.meansNotDelivered()) {
      return Verdict.NONE;
    }
    ReceiptStatus status = receipt.status();
    if (status.meansDelivered()) {
      return status == ReceiptStatus.DELIVERED ? Verdict.DELIVERED : Verdict.SEEN;
    }
    return status.meansNotDelivered() && DeliveryNews.isExcused(receipt.reason())
        ? Verdict.EXCUSED
        : Verdict.NONE;
  }

  /** A recipient wants nothing more, said of no notification: the default tenant is told. */
  void optedOut(WebhookBatch batch, Receipt receipt, @Nullable Addressee addressee)
      throws SQLException {
    String tenant = SendNotification.DEFAULT_TENANT;
    String type = EventTypes.of(receipt.status());
    if (isWanted(tenant, type)) {
      tell(
          new NotificationEvent(
              EventIds.ofReceipt(batch.provider(), receipt.eventId()),
              type,
              tenant,
              null,
              null,
              null,
              batch.provider(),
              receipt.providerMessageId(),
              addressee == null ? null : addressee.channel(),
              receipt.status().wireName(),
              receipt.reason(),
              receipt.providerCode(),
              receipt.providerText(),
              addressee == null ? receipt.recipient() : addressee.address(),
              receipt.occurredAt(),
              Instant.ofEpochMilli(batch.receivedAtMillis())),
          null);
    }
  }

  /** A notification was moved; told only if it came to another state that is told at all. */
  void moved(NotificationRow row, Position to, Cause cause, long nowMillis) throws SQLException {
    String type = EventTypes.of(to.state());
    if (type != null && to.state() != row.state() && isWanted(row.tenant(), type)) {
      String eventId =
          EventIds.ofMove(row.id(), to.state(), row.attempts(), row.replayedAtMillis());
      Cause told = cause.text() == null ? cause.withText(to.reason()) : cause;
      told = SuppressionReason.isFailure(to.reason()) ? told.suppressed() : told;
      tell(event(eventId, type, to.state().wireName(), row, told, null, nowMillis), row);
    }
  }

  /** Something happened to an operation. */
  void operation(OperationNews happened) throws SQLException {
    if (isWanted(happened.operation().tenant(), happened.type())) {
      tell(happened.event(), null);
    }
  }

  /** A callback endpoint was disabled. */
  void disabled(NotificationEvent event) throws SQLException {
    tell(event, null);
  }

  /** Sends an event to one endpoint, and tells nobody else. */
  void tellOnly(long endpoint, NotificationEvent event) throws SQLException {
    outbox.insert(event, List.of(endpoint));
    ring(endpoint);
  }

  /** Something is due at an endpoint. */
  void ring(long endpoint) {
    if (endpoints.isEmpty()) {
      endpoints = new HashSet<>();
    }
    endpoints.add(endpoint);
  }

  private boolean isWanted(String tenant, String type) throws SQLException {
    return outlet.isWanted() || subscriptions.want(tenant, type);
  }

  /**
   * Tells an event.
   *
   * @param row the notification that it is about; null if it is about none
   */
  private void tell(NotificationEvent event, @Nullable NotificationRow row) throws SQLException {
    if (events.isEmpty()) {
      events = new ArrayList<>(2);
    }
    events.add(event);
    Link link = row == null ? Link.NONE : () -> recipients.callback(row);
    List<Long> wanting = subscriptions.matching(event, link);
    if (!wanting.isEmpty()) {
      outbox.insert(event, wanting);
      wanting.forEach(this::ring);
    }
  }

  private NotificationEvent event(
      String id,
      String type,
      String status,
      NotificationRow row,
      Cause cause,
      @Nullable String recipientAsTold,
      long receivedAtMillis)
      throws SQLException {
    Channel channel = cause.channel() == null ? row.lane().channel() : cause.channel();
    String recipient = recipients.recipient(row, channel);
    AttemptId attempt = cause.attempt();
    return new NotificationEvent(
        id,
        type,
        row.tenant(),
        null,
        row.id().toString(),
        attempt == null ? null : attempt.toString(),
        cause.provider(),
        cause.providerMessageId(),
        channel,
        status,
        cause.reason(),
        cause.code(),
        cause.text(),
        recipient == null ? recipientAsTold : recipient,
        Instant.ofEpochMilli(cause.occurredAtMillis()),
        Instant.ofEpochMilli(receivedAtMillis),
        row.trace().traceparent());
  }
}
