package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.ledger.sql.ErasureTable.Order;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.SendNotification;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks for what is left of a recipient, a page of rows at a time in the order of their keys. */
final class ErasureReader {
  /** How many rows of notifications and events a page looks at. */
  private static final int PAGE = 2_000;

  /** Bodies may be large. */
  private static final int BODIES = 100;

  /** How many are erased in one commit. */
  private static final int MOST_FOUND = 100;

  private final Contents contents;
  private final RecipientHashes hashes;
  private final SqlStatement notifications;
  private final SqlStatement bodies;
  private final SqlStatement events;
  private final SqlStatement receipts;
  private final SqlStatement answers;

  ErasureReader(SqlConnection connection, Contents contents, RecipientHashes hashes)
      throws SQLException {
    this.contents = contents;
    this.hashes = hashes;
    notifications =
        connection.prepare(
            "SELECT id, tenant, accepted_at, content FROM notifications"
                + " WHERE id > ? AND id < ? ORDER BY id LIMIT "
                + PAGE);
    bodies =
        connection.prepare(
            "SELECT id, received_at, provider, url, headers, body FROM webhook_bodies"
                + " WHERE id > ? ORDER BY id LIMIT "
                + BODIES);
    events =
        connection.prepare(
            "SELECT id, tenant, event_id, content FROM events WHERE id > ? ORDER BY id LIMIT "
                + PAGE);
    receipts =
        connection.prepare(
            "SELECT id, provider_text FROM webhook_events WHERE id > ?"
                + " AND notification_id IS NULL ORDER BY id LIMIT "
                + PAGE);
    answers =
        connection.prepare(
            "SELECT id, tenant, key, body FROM request_keys WHERE id > ? AND body IS NOT NULL"
                + " ORDER BY id LIMIT "
                + BODIES);
  }

  /** Notifications to the recipient that were accepted before the order. */
  Found notifications(Order order) throws SQLException {
    notifications.setLong(1, order.place());
    notifications.setLong(2, NotificationId.firstKey(order.erasure().createdAtMillis() + 1));
    Finding finding = new Finding(order.place(), PAGE);
    try (SqlRows row = notifications.stream()) {
      while (finding.goesOn() && row.next()) {
        byte[] stored =
            row.getString(2).equals(order.erasure().tenant()) ? row.getBytes(4) : new byte[0];
        finding.saw(row.getLong(1), stored.length > 0 && isTo(order, row, stored));
      }
    }
    return finding.found();
  }

  private boolean isTo(Order order, SqlRows row, byte[] stored) throws SQLException {
    SendNotification notification;
    try {
      notification =
          contents.read(stored, order.erasure().tenant(), row.getLong(1), row.getLong(3));
    } catch (RuntimeException e) {
      // Whoever works on it says so in the log. Without its key it is gone anyway.
      return false;
    }
    for (Recipient recipient : notification.recipients()) {
      String hash = hashes.find(order.erasure().tenant(), Addressee.normal(recipient.address()));
      if (order.erasure().recipientHash().equals(hash)) {
        return true;
      }
    }
    return false;
  }

  /** Raw webhooks that name the recipient, of whatever tenant: a provider knows none. */
  Found webhooks(Order order, RecipientTraces traces) throws SQLException {
    bodies.setLong(1, order.place());
    Finding finding = new Finding(order.place(), BODIES);
    try (SqlRows row = bodies.stream()) {
      while (finding.goesOn() && row.next()) {
        String about = WebhookTable.about(row.getString(3), row.getLong(2));
        finding.saw(row.getLong(1), names(traces, row, about));
      }
    }
    return finding.found();
  }

  private boolean names(RecipientTraces traces, SqlRows row, String about) throws SQLException {
    try {
      String body =
          new String(contents.seal().open(row.getBytes(6), about), StandardCharsets.UTF_8);
      return traces.in(contents.seal().openText(row.getString(4), about))
          || traces.in(contents.seal().openText(row.getString(5), about))
          || traces.in(body);
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Events that name the recipient. */
  Found events(Order order, RecipientTraces traces) throws SQLException {
    events.setLong(1, order.place());
    Finding finding = new Finding(order.place(), PAGE);
    try (SqlRows row = events.stream()) {
      while (finding.goesOn() && row.next()) {
        boolean own = row.getString(2).equals(order.erasure().tenant());
        finding.saw(row.getLong(1), own && names(traces, row));
      }
    }
    return finding.found();
  }

  private boolean names(RecipientTraces traces, SqlRows row) throws SQLException {
    try {
      byte[] content = contents.seal().open(row.getBytes(4), OutboxTable.about(row.getString(3)));
      return traces.in(new String(content, StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Receipts of no known notification whose text names the recipient. */
  Found receipts(Order order, RecipientTraces traces) throws SQLException {
    receipts.setLong(1, order.place());
    Finding finding = new Finding(order.place(), PAGE);
    try (SqlRows row = receipts.stream()) {
      while (finding.goesOn() && row.next()) {
        String text = Columns.text(row, 2);
        finding.saw(row.getLong(1), text != null && traces.in(text));
      }
    }
    return finding.found();
  }

  /** Answers to requests of the tenant that name the recipient, as their keys may do. */
  Found answers(Order order, RecipientTraces traces) throws SQLException {
    answers.setLong(1, order.place());
    Finding finding = new Finding(order.place(), BODIES);
    try (SqlRows row = answers.stream()) {
      while (finding.goesOn() && row.next()) {
        boolean own = row.getString(2).equals(order.erasure().tenant());
        finding.saw(row.getLong(1), own && answers(traces, row));
      }
    }
    return finding.found();
  }

  private boolean answers(RecipientTraces traces, SqlRows row) throws SQLException {
    String key = row.getString(3);
    try {
      String about = RequestKeyTable.about(row.getString(2), key);
      byte[] body = contents.seal().open(row.getBytes(4), about);
      return traces.in(key) || traces.in(new String(body, StandardCharsets.UTF_8));
    } catch (SealedException e) {
      return traces.in(key);
    }
  }

  /** One page while it is read. */
  private static final class Finding {
    private final List<Long> keys = new ArrayList<>();
    private final int page;
    private long last;
    private int seen;

    Finding(long place, int page) {
      this.last = place;
      this.page = page;
    }

    boolean goesOn() {
      return keys.size() < MOST_FOUND;
    }

    void saw(long key, boolean found) {
      last = key;
      seen++;
      if (found) {
        keys.add(key);
      }
    }

    Found found() {
      return new Found(keys, last, goesOn() && seen < page);
    }
  }

  /**
   * A page.
   *
   * @param keys of what is to be erased
   * @param last the key that was looked at last
   * @param end whether there is nothing behind it
   */
  record Found(List<Long> keys, long last, boolean end) {}
}
