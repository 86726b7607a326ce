package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.WebhookBody;
import java.sql.SQLException;

/** The writer's statements on {@code webhook_bodies} and {@code webhook_work}. */
final class WebhookTable {
  private final Seal seal;
  private final SqlConnection connection;
  private final SqlStatement insertBody;
  private final SqlStatement insertWork;
  private final SqlStatement deleteWork;
  private final SqlStatement setAside;
  private final SqlStatement takeUp;
  private final SqlStatement move;
  private final SqlStatement old;
  private final SqlStatement deleteBody;

  WebhookTable(SqlConnection connection, Seal seal) throws SQLException {
    this.seal = seal;
    this.connection = connection;
    insertBody =
        connection.prepare(
            """
            INSERT INTO webhook_bodies (received_at, provider, method, url, headers, problem, bytes,
              body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""");
    insertWork =
        connection.prepare(
            """
            INSERT INTO webhook_work (body_id, received_at, provider, receipt_count, receipts,
              channels, node)
            VALUES (?, ?, ?, ?, ?, ?, ?)""");
    deleteWork = connection.prepare("DELETE FROM webhook_work WHERE body_id = ?");
    setAside = connection.prepare("UPDATE webhook_work SET set_aside = ? WHERE body_id = ?");
    takeUp =
        connection.prepare("UPDATE webhook_work SET set_aside = NULL WHERE set_aside IS NOT NULL");
    move = connection.prepare("UPDATE webhook_work SET node = ? WHERE node = ?");
    old =
        connection.prepare(
            "SELECT id, bytes FROM webhook_bodies WHERE received_at < ? ORDER BY received_at"
                + " LIMIT ?");
    deleteBody = connection.prepare("DELETE FROM webhook_bodies WHERE id = ?");
  }

  /** What a webhook's body and receipts belong to. */
  static String about(String provider, long receivedAtMillis) {
    return "webhook:" + receivedAtMillis + ":" + provider;
  }

  /**
   * Stores a body; returns its number.
   *
   * @param raw what is stored of the body
   */
  long insert(WebhookBody webhook, byte[] raw) throws SQLException {
    insertBody.setTime(1, webhook.receivedAtMillis());
    insertBody.setString(2, webhook.provider());
    insertBody.setString(3, webhook.method());
    String about = about(webhook.provider(), webhook.receivedAtMillis());
    insertBody.setString(4, seal.sealText(webhook.url(), about));
    insertBody.setString(5, seal.sealText(webhook.headers(), about));
    Columns.bind(insertBody, 6, webhook.problem());
    insertBody.setInt(7, webhook.body().length());
    insertBody.setBytes(8, raw);
    try (SqlRows row = insertBody.query()) {
      row.next();
      return row.getLong(1);
    } finally {
      // A body may be large, and the statement lives long.
      insertBody.clearParameters();
    }
  }

  /** Notes that a body's receipts wait, of which is stored what is given. */
  void insertWork(long id, WebhookBody webhook, byte[] receipts) throws SQLException {
    insertWork.setLong(1, id);
    insertWork.setTime(2, webhook.receivedAtMillis());
    insertWork.setString(3, webhook.provider());
    insertWork.setInt(4, webhook.receipts().size());
    insertWork.setBytes(5, receipts);
    insertWork.setInt(6, Columns.bits(webhook.channels()));
    insertWork.setInt(7, connection.node());
    insertWork.execute();
    insertWork.clearParameters();
  }

  void deleteWork(long id) throws SQLException {
    deleteWork.setLong(1, id);
    deleteWork.execute();
  }

  void setAside(long id, String why) throws SQLException {
    setAside.setString(1, why);
    setAside.setLong(2, id);
    setAside.execute();
  }

  int takeUpSetAside() throws SQLException {
    return takeUp.update();
  }

  /** Makes what a dead node was to process this node's. */
  void moveWork(int dead) throws SQLException {
    move.setInt(1, connection.node());
    move.setInt(2, dead);
    move.execute();
  }

  /**
   * Deletes old bodies within both bounds, but always one if there is any.
   *
   * @param with deletes what belongs to a body
   * @return how many
   */
  int deleteOld(long beforeMillis, int maxBodies, long maxBytes, OfBody with) throws SQLException {
    old.setTime(1, beforeMillis);
    old.setInt(2, maxBodies);
    int deleted = 0;
    long[] ids = new long[maxBodies];
    long bytes = 0;
    try (SqlRows row = old.query()) {
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
      deleteBody.execute();
      with.change(ids[i]);
    }
    return deleted;
  }

  /** Changes what belongs to a body. */
  @FunctionalInterface
  interface OfBody {
    void change(long body) throws SQLException;
  }
}
