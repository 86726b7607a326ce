package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.EventIds;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.EventTypes;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.events.NotificationEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of the change that is being applied. They belong to its result: told once it is
 * committed, forgotten if it is taken back. Events that nobody could want are not even made.
 */
final class News {
  private final EventOutlet outlet;
  private final RecipientReader recipients;
  private List<NotificationEvent> events = List.of();

  News(EventOutlet outlet, RecipientReader recipients) {
    this.outlet = outlet;
    this.recipients = recipients;
  }

  /** Forgets what a change before has left. */
  void begin() {
    events = List.of();
  }

  /** The events since the begin, in their order. */
  List<NotificationEvent> take() {
    List<NotificationEvent> taken = events;
    events = List.of();
    return taken;
  }

  /** A receipt was new. */
  void received(
      NotificationRow row, AttemptId id, AttemptRow attempt, Receipt receipt, long receivedAtMillis)
      throws SQLException {
    String type = EventTypes.of(receipt.status());
    if (isWanted()) {
      String eventId = EventIds.ofReceipt(attempt.provider(), receipt.eventId());
      Cause cause = Cause.receipt(id, attempt, receipt);
      String status = receipt.status().wireName();
      tell(event(eventId, type, status, row, cause, receipt.recipient(), receivedAtMillis));
    }
  }

  /** A notification was moved; told only if it came to another state that is told at all. */
  void moved(NotificationRow row, Position to, Cause cause, long nowMillis) throws SQLException {
    String type = EventTypes.of(to.state());
    if (type != null && to.state() != row.state() && isWanted()) {
      String eventId =
          EventIds.ofMove(row.id(), to.state(), row.attempts(), row.replayedAtMillis());
      Cause told = cause.text() == null ? cause.withText(to.reason()) : cause;
      tell(event(eventId, type, to.state().wireName(), row, told, null, nowMillis));
    }
  }

  private boolean isWanted() {
    return outlet.isWanted();
  }

  private void tell(NotificationEvent event) {
    if (events.isEmpty()) {
      events = new ArrayList<>(2);
    }
    events.add(event);
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
        Instant.ofEpochMilli(receivedAtMillis));
  }
}
