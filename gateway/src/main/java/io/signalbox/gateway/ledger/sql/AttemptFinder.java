package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.sql.AttemptTable.AttemptKey;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.spi.ReceiptStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Which attempts there are, and what may have become of them, for the writer's decisions. */
final class AttemptFinder {
  private final SqlStatement byMessage;
  private final SqlStatement latestAt;
  private final SqlStatement standings;
  private final SqlStatement underWay;
  private final SqlStatement begun;

  AttemptFinder(SqlConnection connection) throws SQLException {
    byMessage =
        connection.prepare(
            "SELECT notification_id, attempt FROM provider_requests"
                + " WHERE provider_message_id = ? AND provider = ?"
                + " ORDER BY notification_id DESC, attempt DESC LIMIT 1");
    latestAt =
        connection.prepare(
            "SELECT attempt FROM provider_requests WHERE notification_id = ? AND provider = ?"
                + " ORDER BY attempt DESC LIMIT 1");
    standings =
        connection.prepare(
            "SELECT outcome, receipt_status FROM provider_requests"
                + " WHERE notification_id = ? AND attempt > ? AND attempt <> ?");
    underWay =
        connection.prepare(
            "SELECT notification_id, attempt FROM provider_requests"
                + " WHERE outcome IS NULL AND node = ? ORDER BY notification_id");
    begun =
        connection.prepare(
            "SELECT 1 FROM provider_requests WHERE notification_id = ? AND attempt = ?"
                + " AND provider = ? AND created_at = ? AND node = ?"
                + " AND outcome IS NULL AND cancel_wished_at IS NULL");
  }

  /** The attempt that a provider's message id speaks of; null if none is known. */
  @Nullable AttemptKey byMessage(String provider, String providerMessageId) throws SQLException {
    byMessage.setString(1, providerMessageId);
    byMessage.setString(2, provider);
    try (SqlRows row = byMessage.query()) {
      return row.next() ? new AttemptKey(row.getLong(1), row.getInt(2)) : null;
    }
  }

  /** The number of the latest attempt of a notification at a provider. */
  OptionalInt latestAt(long key, String provider) throws SQLException {
    latestAt.setLong(1, key);
    latestAt.setString(2, provider);
    try (SqlRows row = latestAt.query()) {
      return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
    }
  }

  /**
   * Whether an attempt after this one is under way, was sent, or is unknown, and is not known to
   * have failed since.
   */
  boolean laterMayArrive(long key, int number) throws SQLException {
    return mayArrive(key, number, 0);
  }

  /** The same of every attempt but this one. */
  boolean othersMayArrive(long key, int number) throws SQLException {
    return mayArrive(key, 0, number);
  }

  /** Whether any attempt may have reached the recipient, as far as anybody knows. */
  boolean anyMayArrive(long key) throws SQLException {
    return mayArrive(key, 0, 0);
  }

  private boolean mayArrive(long key, int after, int except) throws SQLException {
    standings.setLong(1, key);
    standings.setInt(2, after);
    standings.setInt(3, except);
    try (SqlRows row = standings.query()) {
      while (row.next()) {
        if (PastAttempt.mayHaveArrived(
            Columns.outcome(row, 1), ReceiptStatus.ofCode(row.getInt(2)))) {
          return true;
        }
      }
      return false;
    }
  }

  /** Whether a node began exactly this attempt, it has no end, and nobody has called it back. */
  boolean isUnderWay(AttemptStart start, int node) throws SQLException {
    begun.setLong(1, start.attempt().notification().key());
    begun.setInt(2, start.attempt().number());
    begun.setString(3, start.provider());
    begun.setTime(4, start.startedAtMillis());
    begun.setInt(5, node);
    try (SqlRows row = begun.query()) {
      return row.next();
    }
  }

  /** All attempts of a node without an end; as many as were in flight. */
  List<AttemptKey> underWay(int node) throws SQLException {
    underWay.setInt(1, node);
    List<AttemptKey> keys = new ArrayList<>();
    try (SqlRows row = underWay.query()) {
      while (row.next()) {
        keys.add(new AttemptKey(row.getLong(1), row.getInt(2)));
      }
    }
    return keys;
  }
}
