package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.LookupLedger.Place;
import io.signalbox.gateway.ledger.LookupLedger.Unfinished;
import io.signalbox.gateway.ledger.LookupLedger.Walk;
import io.signalbox.gateway.ledger.LookupLedger.Walked;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Recipient;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks over attempts by their primary key, which is in the order of acceptance, so that no index
 * is needed that every attempt would have to keep up.
 */
final class UnfinishedReader {
  private final SqlStatement walk;
  private final SqlStatement notification;

  UnfinishedReader(SqlConnection connection) throws SQLException {
    walk =
        connection.prepare(
            """
            SELECT notification_id, attempt, provider, channel, outcome, receipt_status,
              provider_message_id, created_at
            FROM provider_requests
            WHERE (notification_id, attempt) > (?, ?) AND notification_id < ?
            ORDER BY notification_id, attempt LIMIT ?""");
    notification =
        connection.prepare(
            "SELECT random, tenant, accepted_at, state, content FROM notifications WHERE id = ?");
  }

  Walked walk(Contents contents, Walk wanted) throws SQLException {
    walk.setLong(1, wanted.after().key());
    walk.setInt(2, wanted.after().attempt());
    walk.setLong(3, NotificationId.firstKey(wanted.untilMillis()));
    walk.setInt(4, wanted.maxSeen());
    List<Unfinished> found = new ArrayList<>();
    Place reached = wanted.after();
    try (SqlRows row = walk.query()) {
      while (found.size() < wanted.maxFound() && row.next()) {
        reached = new Place(row.getLong(1), row.getInt(2));
        Unfinished unfinished =
            isUnfinished(row) && wanted.providers().contains(row.getString(3))
                ? read(contents, row)
                : null;
        if (unfinished != null) {
          found.add(unfinished);
        }
      }
    }
    return new Walked(found, reached);
  }

  private static boolean isUnfinished(SqlRows row) throws SQLException {
    OutcomeKind outcome = Columns.outcome(row, 5);
    ReceiptStatus best = ReceiptStatus.ofCode(row.getInt(6));
    return (outcome == OutcomeKind.SENT || outcome == OutcomeKind.UNKNOWN)
        && !best.meansDelivered()
        && !best.meansNotDelivered();
  }

  /** The attempt with its recipient; null if nobody needs to know any more, or it is unreadable. */
  private @Nullable Unfinished read(Contents contents, SqlRows attempt) throws SQLException {
    long key = attempt.getLong(1);
    notification.setLong(1, key);
    try (SqlRows row = notification.query()) {
      if (!row.next() || row.getInt(4) == NotificationState.DELIVERED.code()) {
        return null;
      }
      Channel channel = Channel.ofCode(attempt.getInt(4));
      Recipient recipient =
          contents
              .read(row.getBytes(5), row.getString(2), key, row.getLong(3))
              .recipientFor(channel);
      return recipient == null
          ? null
          : new Unfinished(
              new AttemptId(new NotificationId(key, row.getLong(1)), attempt.getInt(2)),
              attempt.getString(3),
              channel,
              recipient,
              Columns.text(attempt, 7),
              attempt.getLong(8));
    } catch (IllegalArgumentException e) {
      // Whoever works on it says so in the log.
      return null;
    }
  }
}
