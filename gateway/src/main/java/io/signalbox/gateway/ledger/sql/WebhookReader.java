package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.ReceiptsJson;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.StoredWebhook;
import io.signalbox.gateway.ledger.UnprocessedWebhooks;
import io.signalbox.gateway.ledger.WebhookBacklog;
import io.signalbox.gateway.ledger.WebhookBatch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads which webhooks wait to be processed, and when any came. */
final class WebhookReader {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookReader.class);

  /** There is no index by time; these are read through, twice as many as attempts for health. */
  private static final int NEWEST = 100_000;

  private final Seal seal;
  private final SqlConnection connection;
  private final SqlStatement open;
  private final SqlStatement waiting;
  private final SqlStatement setAside;
  private final SqlStatement times;

  WebhookReader(SqlConnection connection, Seal seal) throws SQLException {
    this.seal = seal;
    this.connection = connection;
    // No LIMIT: rows are read one by one until enough are found.
    open =
        connection.prepare(
            """
            SELECT body_id, received_at, provider, receipt_count, receipts, channels
            FROM webhook_work WHERE set_aside IS NULL AND node = ? ORDER BY body_id""");
    waiting =
        connection.prepare(
            "SELECT COUNT(*), MIN(received_at) FROM webhook_work WHERE set_aside IS NULL");
    setAside = connection.prepare("SELECT COUNT(*) FROM webhook_work WHERE set_aside IS NOT NULL");
    times =
        connection.prepare(
            """
            SELECT MIN(created_at), MAX(created_at)
            FROM (SELECT created_at, looked_up FROM webhook_events ORDER BY id DESC LIMIT ?) newest
            WHERE NOT looked_up GROUP BY\s"""
                + connection.millis("created_at")
                + " / ?");
  }

  /** Those that this node is to process. */
  Found unprocessed(int maxReceipts, Set<Long> skip) throws SQLException {
    open.setInt(1, connection.node());
    List<StoredWebhook> webhooks = new ArrayList<>();
    List<Long> unreadable = new ArrayList<>();
    long receipts = 0;
    boolean more = false;
    try (SqlRows row = open.stream()) {
      while (!more && row.next()) {
        long id = row.getLong(1);
        if (skip.contains(id)) {
          continue;
        }
        receipts += row.getInt(4);
        more = receipts > maxReceipts && !webhooks.isEmpty();
        if (!more) {
          read(id, row, webhooks, unreadable);
        }
      }
    }
    return new Found(new UnprocessedWebhooks(webhooks, more), unreadable);
  }

  private void read(long id, SqlRows row, List<StoredWebhook> webhooks, List<Long> unreadable)
      throws SQLException {
    byte[] stored = row.getBytes(5);
    String about = WebhookTable.about(row.getString(3), row.getLong(2));
    try {
      webhooks.add(
          new StoredWebhook(
              id,
              new WebhookBatch(
                  row.getString(3),
                  row.getLong(2),
                  ReceiptsJson.read(seal.open(stored, about)),
                  Columns.channels(row.getInt(6)))));
    } catch (RuntimeException e) {
      LOG.error("the receipts of webhook {} cannot be read: {}", id, Contents.why(e));
      unreadable.add(id);
    }
  }

  WebhookBacklog waiting() throws SQLException {
    long refused;
    try (SqlRows row = setAside.query()) {
      row.next();
      refused = row.getLong(1);
    }
    try (SqlRows row = waiting.query()) {
      row.next();
      return new WebhookBacklog(row.getLong(1), row.getLong(2), refused);
    }
  }

  /** The first and the last time that receipts came in each span. */
  List<Long> times(long spanMillis) throws SQLException {
    times.setInt(1, NEWEST);
    times.setLong(2, spanMillis);
    List<Long> found = new ArrayList<>();
    try (SqlRows row = times.query()) {
      while (row.next()) {
        found.add(row.getLong(1));
        found.add(row.getLong(2));
      }
    }
    return found;
  }

  /** What was found, and the numbers of those whose receipts cannot be read. */
  record Found(UnprocessedWebhooks webhooks, List<Long> unreadable) {}
}
