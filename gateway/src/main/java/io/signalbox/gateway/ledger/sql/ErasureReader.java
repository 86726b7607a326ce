package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.Erasure.Counts;
import io.signalbox.gateway.ledger.RequestKeyLedger;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.ledger.sql.ErasureFinding.Look;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/** Looks for what is left of a recipient, a page of rows at a time in the order of their keys. */
final class ErasureReader {
  /** How many rows of notifications and events a page looks at. */
  private static final int PAGE = 2_000;

  /** Bodies may be large. */
  private static final int BODIES = 100;

  private static final byte[] NOTHING = {};

  private final Contents contents;
  private final RecipientHashes hashes;
  private final SqlStatement notifications;
  private final SqlStatement bodies;
  private final SqlStatement work;
  private final SqlStatement events;
  private final SqlStatement receipts;
  private final SqlStatement answers;
  private final SqlStatement operations;

  ErasureReader(SqlConnection connection, Contents contents, RecipientHashes hashes)
      throws SQLException {
    this.contents = contents;
    this.hashes = hashes;
    notifications =
        connection.prepare(
            "SELECT id, accepted_at, CASE WHEN tenant = ?1 THEN 1 ELSE 0 END,"
                + " CASE WHEN tenant = ?1 THEN content END FROM notifications"
                + " WHERE id > ?2 AND id < ?3 ORDER BY id LIMIT "
                + PAGE);
    bodies =
        connection.prepare(
            "SELECT id, received_at, provider, url, headers, body FROM webhook_bodies"
                + " WHERE id > ? ORDER BY id LIMIT "
                + BODIES);
    work =
        connection.prepare(
            "SELECT body_id, received_at, provider, receipts,"
                + " CASE WHEN set_aside IS NULL THEN 1 ELSE 0 END FROM webhook_work"
                + " WHERE body_id > ? ORDER BY body_id LIMIT "
                + BODIES);
    events =
        connection.prepare(
            "SELECT id, event_id, CASE WHEN tenant = ?1 THEN 1 ELSE 0 END,"
                + " CASE WHEN tenant = ?1 THEN content END FROM events"
                + " WHERE id > ?2 ORDER BY id LIMIT "
                + PAGE);
    receipts =
        connection.prepare(
            "SELECT id, event_id, provider_message_id, provider_text FROM webhook_events"
                + " WHERE id > ? AND notification_id IS NULL ORDER BY id LIMIT "
                + PAGE);
    operations =
        connection.prepare(
            "SELECT o.id, o.content, CASE WHEN o.ended_at IS NULL OR EXISTS (SELECT 1"
                + " FROM operation_watches w WHERE w.operation_id = o.id) OR EXISTS (SELECT 1"
                + " FROM operation_claims c WHERE c.operation_id = o.id AND c.due_at IS NOT NULL)"
                + " THEN 1 ELSE 0 END FROM operations o"
                + " WHERE o.id > ? AND o.tenant = ? AND o.id < ? ORDER BY o.id LIMIT "
                + BODIES);
    answers =
        connection.prepare(
            "SELECT id, tenant, key, body, CASE WHEN body IS NULL THEN 1 ELSE 0 END, created_at"
                + " FROM request_keys WHERE id > ? AND tenant = ? ORDER BY id LIMIT "
                + BODIES);
  }

  /** Notifications to the recipient that were accepted before the order. */
  Found notifications(EraseOrder order, RecipientTraces traces) throws SQLException {
    String tenant = order.erasure().tenant();
    notifications.setString(1, tenant);
    notifications.setLong(2, order.place());
    notifications.setLong(3, NotificationId.firstKey(order.coversUntilMillis() + 1));
    ErasureFinding finding = new ErasureFinding(order.place(), PAGE);
    try (SqlRows row = notifications.stream()) {
      while (finding.goesOn() && row.next()) {
        byte[] stored = row.getInt(3) == 1 ? row.getBytes(4) : NOTHING;
        long key = row.getLong(1);
        finding.saw(key, stored.length == 0 ? Look.OTHER : look(order, key, stored, row, traces));
      }
    }
    return finding.found();
  }

  private Look look(EraseOrder order, long key, byte[] stored, SqlRows row, RecipientTraces traces)
      throws SQLException {
    String tenant = order.erasure().tenant();
    byte[] plain;
    try {
      plain = contents.open(stored, tenant, key);
    } catch (SealedException e) {
      return closed(stored);
    }
    SendNotification notification;
    try {
      notification = contents.codec().read(Buffer.buffer(plain), tenant, row.getLong(2));
    } catch (RuntimeException e) {
      // Nothing that can be sent. Whoever works on it says so in the log.
      return traces.in(plain) ? Look.NAMED : Look.OTHER;
    }
    for (Recipient recipient : notification.recipients()) {
      String hash = hashes.find(tenant, Addressee.normal(recipient.address()));
      if (order.erasure().recipientHash().equals(hash)) {
        return Look.NAMED;
      }
    }
    return Look.OTHER;
  }

  /** What is to be thought of a value that cannot be opened: without its key it is gone. */
  private Look closed(Object stored) {
    return contents.seal().isMissingKeyOf(stored) ? Look.UNREADABLE : Look.OTHER;
  }

  /** Raw webhooks that name the recipient, of whatever tenant: a provider knows none. */
  Found webhooks(EraseOrder order, RecipientTraces traces) throws SQLException {
    bodies.setLong(1, order.place());
    ErasureFinding finding = new ErasureFinding(order.place(), BODIES);
    try (SqlRows row = bodies.stream()) {
      while (finding.goesOn() && row.next()) {
        String about = WebhookTable.about(row.getString(3), row.getLong(2));
        finding.saw(row.getLong(1), webhook(traces, row, about));
      }
    }
    return finding.found();
  }

  private Look webhook(RecipientTraces traces, SqlRows row, String about) throws SQLException {
    Seal seal = contents.seal();
    byte[] body = row.getBytes(6);
    try {
      return traces.in(seal.openText(row.getString(4), about))
              || traces.in(seal.openText(row.getString(5), about))
              || traces.in(seal.open(body, about))
          ? Look.NAMED
          : Look.OTHER;
    } catch (SealedException e) {
      return closed(body);
    }
  }

  /** Receipts that name the recipient and have not taken effect: those set aside, for ever. */
  Found work(EraseOrder order, RecipientTraces traces) throws SQLException {
    work.setLong(1, order.place());
    ErasureFinding finding = new ErasureFinding(order.place(), BODIES);
    try (SqlRows row = work.stream()) {
      while (finding.goesOn() && row.next()) {
        String about = WebhookTable.about(row.getString(3), row.getLong(2));
        Look look = named(traces, row.getBytes(4), about, "");
        boolean takesEffect = look == Look.NAMED && row.getInt(5) == 1;
        finding.saw(row.getLong(1), takesEffect ? Look.WAITING : look);
      }
    }
    return finding.found();
  }

  /** Events that name the recipient. */
  Found events(EraseOrder order, RecipientTraces traces) throws SQLException {
    events.setString(1, order.erasure().tenant());
    events.setLong(2, order.place());
    ErasureFinding finding = new ErasureFinding(order.place(), PAGE);
    try (SqlRows row = events.stream()) {
      while (finding.goesOn() && row.next()) {
        Look look = Look.OTHER;
        if (row.getInt(3) == 1) {
          look = named(traces, row.getBytes(4), OutboxTable.about(row.getString(2)), "");
        }
        finding.saw(row.getLong(1), look);
      }
    }
    return finding.found();
  }

  private Look named(RecipientTraces traces, byte[] stored, String about, String also) {
    try {
      byte[] plain = contents.seal().open(stored, about);
      boolean told = !also.isEmpty() && new String(plain, StandardCharsets.UTF_8).contains(also);
      return told || traces.in(plain) ? Look.NAMED : Look.OTHER;
    } catch (SealedException e) {
      return closed(stored);
    }
  }

  /** Receipts of no known notification that name the recipient. */
  Found receipts(EraseOrder order, RecipientTraces traces) throws SQLException {
    receipts.setLong(1, order.place());
    ErasureFinding finding = new ErasureFinding(order.place(), PAGE);
    try (SqlRows row = receipts.stream()) {
      while (finding.goesOn() && row.next()) {
        boolean named = false;
        for (int column = 2; column <= 4 && !named; column++) {
          String text = Columns.text(row, column);
          named = text != null && traces.in(text);
        }
        finding.saw(row.getLong(1), named ? Look.NAMED : Look.OTHER);
      }
    }
    return finding.found();
  }

  /** Operations for or about the recipient; those that have something to be done are waited for. */
  Found operations(EraseOrder order, RecipientTraces traces) throws SQLException {
    String tenant = order.erasure().tenant();
    operations.setLong(1, order.place());
    operations.setString(2, tenant);
    operations.setLong(3, NotificationId.firstKey(order.coversUntilMillis() + 1));
    ErasureFinding finding = new ErasureFinding(order.place(), BODIES);
    try (SqlRows row = operations.stream()) {
      while (finding.goesOn() && row.next()) {
        byte[] stored = row.getBytes(2);
        Look look =
            stored.length == 0
                ? Look.OTHER
                : named(traces, stored, OperationReader.about(tenant, row.getLong(1)), "");
        boolean open = look == Look.NAMED && row.getInt(3) == 1;
        finding.saw(row.getLong(1), open ? Look.WAITING : look);
      }
    }
    return finding.found();
  }

  /**
   * Answers to requests of the tenant that name the recipient, as their keys may do; also those to
   * the order itself, beside which stands a digest of what was asked for. A key without an answer
   * is waited for while its request may be under way, if that began before the order.
   */
  Found answers(EraseOrder order, RecipientTraces traces, long nowMillis) throws SQLException {
    answers.setLong(1, order.place());
    answers.setString(2, order.erasure().tenant());
    ErasureFinding finding = new ErasureFinding(order.place(), BODIES);
    try (SqlRows row = answers.stream()) {
      while (finding.goesOn() && row.next()) {
        finding.saw(row.getLong(1), answer(order, traces, row, nowMillis));
      }
    }
    return finding.found();
  }

  private Look answer(EraseOrder order, RecipientTraces traces, SqlRows row, long nowMillis)
      throws SQLException {
    String key = row.getString(3);
    boolean answered = row.getInt(5) == 0;
    if (answered && !traces.in(key)) {
      String about = RequestKeyTable.about(row.getString(2), key);
      return named(traces, row.getBytes(4), about, order.erasure().recipientHash());
    }
    long takenAt = row.getLong(6);
    boolean mayEnd = takenAt >= nowMillis - RequestKeyLedger.LONGEST_REQUEST.toMillis();
    if (answered || (traces.in(key) && !mayEnd)) {
      return Look.NAMED;
    }
    return traces.in(key) && takenAt <= order.coversUntilMillis() ? Look.WAITING : Look.OTHER;
  }

  /**
   * A page.
   *
   * @param keys of what is to be erased
   * @param last the key that was looked at last
   * @param end whether there is nothing behind it
   * @param waiting how many follow when they have taken effect
   * @param unreadable how many cannot be opened just now
   */
  record Found(List<Long> keys, long last, boolean end, long waiting, long unreadable) {
    /** A page of nothing. */
    static final Found NOTHING = new Found(List.of(), 0, true, 0, 0);

    /** What is left, to be counted. */
    Counts left() {
      return new Counts(0, 0, waiting, unreadable, 0, 0, 0, 0, 0);
    }
  }
}
