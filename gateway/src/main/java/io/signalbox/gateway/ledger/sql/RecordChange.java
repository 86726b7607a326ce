package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.ledger.sql.AttemptTable.AttemptKey;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Receipt;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Stores the receipts of a webhook. An attempt is found by its id if the provider echoed it, else
 * by the provider's message id, else, if the provider echoed the notification's id, as the latest
 * attempt of the notification there; always only among the attempts of that provider, since a
 * webhook may speak for nobody else.
 */
record RecordChange(WebhookBatch batch) implements Change<List<ReceiptEffect>> {

  @Override
  public void foresee(Foresight foresight) {
    for (Receipt receipt : batch.receipts()) {
      String echo = receipt.attemptId();
      if (echo != null) {
        AttemptId.parse(echo)
            .map(AttemptId::notification)
            .or(() -> NotificationId.parse(echo))
            .ifPresent(foresight::notification);
      }
    }
  }

  @Override
  public boolean keepsRows() {
    return true;
  }

  @Override
  public List<ReceiptEffect> apply(WriteSession session) throws SQLException {
    List<ReceiptEffect> effects = new ArrayList<>(batch.receipts().size());
    for (Receipt receipt : batch.receipts()) {
      ReceiptTable.Seen seen = session.receipts().find(batch.provider(), receipt.eventId());
      effects.add(
          seen == null ? recordNew(session, receipt) : repeated(session, receipt, seen.attempt()));
    }
    return effects;
  }

  private ReceiptEffect recordNew(WriteSession session, Receipt receipt) throws SQLException {
    Found found = locate(session, receipt);
    AttemptId attempt = found == null ? null : found.attempt();
    Arrival arrival = new Arrival(batch.receivedAtMillis(), batch.lookedUp());
    session.receipts().insert(batch.provider(), receipt, attempt, arrival);
    if (found == null) {
      Suppressor.told(session, batch, receipt);
      return ReceiptEffect.ofNoAttempt(receipt, ReceiptEffect.Kind.UNMATCHED);
    }
    return Receipts.apply(session, found.notification(), found.attempt(), receipt, arrival);
  }

  private static ReceiptEffect repeated(
      WriteSession session, Receipt receipt, @Nullable AttemptKey key) throws SQLException {
    NotificationRow row = key == null ? null : session.notifications().find(key.notification());
    if (key == null || row == null) {
      return ReceiptEffect.ofNoAttempt(receipt, ReceiptEffect.Kind.REPEATED);
    }
    AttemptId attempt = new AttemptId(row.id(), key.number());
    NotificationState state = row.state();
    return new ReceiptEffect(
        receipt,
        attempt,
        ReceiptEffect.Kind.REPEATED,
        state,
        state,
        false,
        row.lane(),
        row.trace());
  }

  private @Nullable Found locate(WriteSession session, Receipt receipt) throws SQLException {
    String echo = receipt.attemptId();
    String messageId = receipt.providerMessageId();
    Found found = echo == null ? null : byAttempt(session, echo);
    if (found == null && messageId != null) {
      found = byMessage(session, messageId);
    }
    return found == null && echo != null ? byNotification(session, echo) : found;
  }

  private @Nullable Found byMessage(WriteSession session, String messageId) throws SQLException {
    AttemptKey key = session.attemptFinder().byMessage(batch.provider(), messageId);
    NotificationRow row = key == null ? null : session.notifications().find(key.notification());
    return key == null || row == null
        ? null
        : new Found(row, new AttemptId(row.id(), key.number()));
  }

  private @Nullable Found byAttempt(WriteSession session, String echo) throws SQLException {
    Optional<AttemptId> parsed = AttemptId.parse(echo);
    if (parsed.isEmpty()) {
      return null;
    }
    AttemptId id = parsed.get();
    NotificationRow row = session.notifications().find(id.notification());
    AttemptRow attempt = row == null ? null : session.attempts().find(row.id().key(), id.number());
    return row == null || attempt == null || !attempt.provider().equals(batch.provider())
        ? null
        : new Found(row, id);
  }

  private @Nullable Found byNotification(WriteSession session, String echo) throws SQLException {
    Optional<NotificationId> parsed = NotificationId.parse(echo);
    NotificationRow row = parsed.isEmpty() ? null : session.notifications().find(parsed.get());
    if (row == null) {
      return null;
    }
    OptionalInt latest = session.attemptFinder().latestAt(row.id().key(), batch.provider());
    return latest.isEmpty() ? null : new Found(row, new AttemptId(row.id(), latest.getAsInt()));
  }

  /** What a receipt speaks of. */
  private record Found(NotificationRow notification, AttemptId attempt) {}
}
