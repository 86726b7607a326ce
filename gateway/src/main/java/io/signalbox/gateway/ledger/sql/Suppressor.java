package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.gateway.ledger.Suppression.Origin;
import io.signalbox.gateway.ledger.Suppression.Source;
import io.signalbox.gateway.ledger.SuppressionLedger.Listed;
import io.signalbox.gateway.ledger.SuppressionLedger.Wish;
import io.signalbox.gateway.ledger.SuppressionRule;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.intake.SendNotification;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Puts recipients on the suppression list as the {@link SuppressionRule} says. The recipient is the
 * one that the notification was for; only where an opt-out speaks of no known attempt it is the one
 * that the provider names, on the list of the default tenant.
 */
final class Suppressor {
  private static final String EVENT = "recipient_suppressed";

  private Suppressor() {}

  /** A provider has told something of an attempt. */
  static void told(
      WriteSession session,
      NotificationRow row,
      AttemptRow attempt,
      Receipt receipt,
      long nowMillis)
      throws SQLException {
    Optional<SuppressionReason> reason = SuppressionRule.after(receipt);
    if (reason.isPresent()) {
      long factMillis = receipt.occurredAt().toEpochMilli();
      list(session, row, attempt, reason.get(), Source.RECEIPT, factMillis, nowMillis);
    }
  }

  /**
   * A provider has told something of nothing that is known. Only an opt-out counts at once: a
   * bounce or a complaint may be of an attempt whose answer is still to come, of whatever tenant.
   */
  static void told(WriteSession session, WebhookBatch batch, Receipt receipt) throws SQLException {
    if (receipt.status() != ReceiptStatus.UNSUBSCRIBED) {
      return;
    }
    Optional<SuppressionReason> reason = SuppressionRule.after(receipt);
    Optional<Addressee> addressee =
        Addressee.named(SendNotification.DEFAULT_TENANT, batch.channels(), receipt.recipient());
    if (receipt.providerMessageId() == null) {
      // No attempt will ever be found for it, so this is the only time to tell of it.
      session.news().optedOut(batch, receipt, addressee.orElse(null));
    }
    if (reason.isPresent() && addressee.isPresent()) {
      Origin origin = Origin.provider(Source.RECEIPT, batch.provider(), null);
      session
          .suppressions()
          .add(
              new Wish(addressee.get(), reason.get(), origin),
              receipt.occurredAt().toEpochMilli(),
              batch.receivedAtMillis());
    }
  }

  /** An attempt has ended. */
  static void ended(
      WriteSession session, NotificationRow row, AttemptRow attempt, Settlement settlement)
      throws SQLException {
    Optional<SuppressionReason> reason = SuppressionRule.after(settlement.outcome());
    if (reason.isPresent()) {
      long at = settlement.endedAtMillis();
      list(session, row, attempt, reason.get(), Source.OUTCOME, at, at);
    }
  }

  private static void list(
      WriteSession session,
      NotificationRow row,
      AttemptRow attempt,
      SuppressionReason reason,
      Source source,
      long factMillis,
      long nowMillis)
      throws SQLException {
    String address = session.recipients().recipient(row, attempt.channel());
    if (address == null) {
      return;
    }
    Addressee addressee = new Addressee(row.tenant(), attempt.channel(), Addressee.normal(address));
    Origin origin = Origin.provider(source, attempt.provider(), row.id().toString());
    Optional<Listed> listed =
        session.suppressions().add(new Wish(addressee, reason, origin), factMillis, nowMillis);
    if (listed.isPresent() && listed.get().added()) {
      String detail = attempt.channel().wireName() + ": " + reason.wireName();
      session.events().insert(row.id().key(), nowMillis, EVENT, detail);
    }
  }
}
