package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.WebhookBody;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The writer's statements on {@code webhook_bodies} and {@code webhook_work}. */
final class WebhookTable {
  private final PreparedStatement insertBody;
  private final PreparedStatement insertWork;
  private final PreparedStatement deleteWork;
  private final PreparedStatement setAside;
  private final PreparedStatement takeUp;
  private final PreparedStatement old;
  private final PreparedStatement deleteBody;

  WebhookTable(Connection connection) throws SQLException {
    insertBody =
        connection.prepareStatement(
            """
            INSERT INTO webhook_bodies (received_at, provider, method, url, headers, problem, bytes,
              body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""");
    insertWork =
        connection.prepareStatement(
            """
            INSERT INTO webhook_work (body_id, received_at, provider, receipt_count, receipts,
              channels)
            VALUES (?, ?, ?, ?, ?, ?)""");
    deleteWork = connection.prepareStatement("DELETE FROM webhook_work WHERE body_id = ?");
    setAside =
        connection.prepareStatement("UPDATE webhook_work SET set_aside = ? WHERE body_id = ?");
    takeUp =
        connection.prepareStatement(
            "UPDATE webhook_work SET set_aside = NULL WHERE set_aside IS NOT NULL");
    old =
        connection.prepareStatement(
            "SELECT id, bytes FROM webhook_bodies WHERE received_at < ? ORDER BY received_at"
                + " LIMIT ?");
    deleteBody = connection.prepareStatement("DELETE FROM webhook_bodies WHERE id = ?");
  }

  /** Stores a body; returns its number. */
  long insert(WebhookBody webhook, byte[] raw) throws SQLException {
    insertBody.setLong(1, webhook.receivedAtMillis());
    insertBody.setString(2, webhook.provider());
    insertBody.setString(3, webhook.method());
    insertBody.setString(4, webhook.url());
    insertBody.setString(5, webhook.headers());
    Columns.bind(insertBody, 6, webhook.problem());
    insertBody.setInt(7, raw.length);
    insertBody.setBytes(8, raw);
    try (ResultSet row = insertBody.executeQuery()) {
      row.next();
      return row.getLong(1);
    } finally {
      // A body may be large, and the statement lives long.
      insertBody.clearParameters();
    }
  }

  /** Notes that a body's receipts wait. */
  void insertWork(long id, WebhookBody webhook, byte[] receipts) throws SQLException {
    insertWork.setLong(1, id);
    insertWork.setLong(2, webhook.receivedAtMillis());
    insertWork.setString(3, webhook.provider());
    insertWork.setInt(4, webhook.receipts().size());
    insertWork.setBytes(5, receipts);
    insertWork.setInt(6, Columns.bits(webhook.channels()));
    insertWork.executeUpdate();
    insertWork.clearParameters();
  }

  void deleteWork(long id) throws SQLException {
    deleteWork.setLong(1, id);
    deleteWork.executeUpdate();
  }

  void setAside(long id, String why) throws SQLException {
    setAside.setString(1, why);
    setAside.setLong(2, id);
    setAside.executeUpdate();
  }

  int takeUpSetAside() throws SQLException {
    return takeUp.executeUpdate();
  }

  /** Deletes old bodies within both bounds, but always one if there is any; returns how many. */
  int deleteOld(long beforeMillis, int maxBodies, long maxBytes) throws SQLException {
    old.setLong(1, beforeMillis);
    old.setInt(2, maxBodies);
    int deleted = 0;
    long[] ids = new long[maxBodies];
    long bytes = 0;
    try (ResultSet row = old.executeQuery()) {
      while (row.next()) {
        bytes += row.getLong(2);
        if (deleted > 0 && bytes > maxBytes) {
          break;
        }
        ids[deleted++] = row.getLong(1);
      }
    }
    for (int i = 0; i < deleted; i++) {
      deleteBody.setLong(1, ids[i]);
      deleteBody.executeUpdate();
    }
    return deleted;
  }
}
