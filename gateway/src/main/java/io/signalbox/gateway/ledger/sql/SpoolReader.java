package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.RepeatedRequest;
import io.signalbox.gateway.ledger.Sha256;
import io.signalbox.gateway.ledger.SpoolLedger.Fill;
import io.signalbox.gateway.ledger.SpoolLedger.Oldest;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.buffer.Buffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a spool back into what was accepted. */
final class SpoolReader {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolReader.class);

  private final LateStatement oldest;
  private final SqlStatement key;
  private final SqlStatement fill;

  SpoolReader(SqlConnection connection) throws SQLException {
    oldest =
        new LateStatement(
            connection,
            """
            SELECT id, random, lane, state, due_at, accepted_at, tenant, subject, content,
              o.notification_id IS NOT NULL, traceparent
            FROM notifications LEFT JOIN spool_offers o ON o.notification_id = id ORDER BY id""");
    key =
        connection.prepare(
            "SELECT key, content_hash FROM idempotency_keys WHERE notification_id = ?"
                + " ORDER BY LENGTH(key) DESC");
    fill =
        connection.prepare(
            "SELECT COUNT(*), COALESCE(SUM(LENGTH(content)), 0), MAX(id) FROM notifications");
  }

  Fill fill() throws SQLException {
    try (SqlRows row = fill.query()) {
      return row.next()
          ? new Fill(row.getLong(1), row.getLong(2), row.getLong(3))
          : new Fill(0, 0, 0);
    }
  }

  Oldest oldest(Contents contents, Set<NotificationId> skip, int limit, long maxBytes)
      throws SQLException {
    List<AcceptRequest> found = new ArrayList<>();
    List<NotificationId> unreadable = new ArrayList<>();
    Set<NotificationId> offered = new HashSet<>();
    long bytes = 0;
    try (SqlRows row = oldest.get().stream()) {
      while (found.size() < limit && row.next()) {
        NotificationId id = new NotificationId(row.getLong(1), row.getLong(2));
        if (skip.contains(id)) {
          continue;
        }
        AcceptRequest request = read(contents, id, row);
        if (request == null) {
          unreadable.add(id);
          continue;
        }
        bytes += request.content().length();
        if (bytes > maxBytes && !found.isEmpty()) {
          break;
        }
        found.add(request);
        if (row.getInt(10) != 0) {
          offered.add(id);
        }
      }
    }
    return new Oldest(found, unreadable, offered);
  }

  private @Nullable AcceptRequest read(Contents contents, NotificationId id, SqlRows row)
      throws SQLException {
    long acceptedAt = row.getLong(6);
    SendNotification notification;
    Buffer content;
    try {
      content = Buffer.buffer(contents.open(row.getBytes(9), row.getString(7), id.key()));
      notification = contents.codec().read(content, row.getString(7), acceptedAt);
    } catch (RuntimeException e) {
      LOG.error("the content of notification {} cannot be read: {}", id, Contents.why(e));
      return null;
    }
    List<Key> keys = keys(id.key());
    Key used = keys.isEmpty() ? null : keys.get(0);
    return new AcceptRequest(
        id,
        withKey(notification, used == null ? null : used.text()),
        notification.fallbackChannels(),
        content,
        Lane.ofCode(row.getInt(3)).kind().batch(),
        NotificationState.ofCode(row.getInt(4)),
        acceptedAt,
        row.getLong(5),
        Columns.text(row, 8),
        used == null ? null : used.digestUnlessOf(content),
        Columns.trace(row, 11, id),
        keys.size() < 2 ? null : keys.get(1).claim(row.getString(7)));
  }

  /** Its own, and after that the request's, with which its own begins. */
  private List<Key> keys(long notification) throws SQLException {
    key.setLong(1, notification);
    List<Key> keys = new ArrayList<>(2);
    try (SqlRows row = key.query()) {
      while (row.next()) {
        keys.add(new Key(row.getString(1), Buffer.buffer(row.getBytes(2))));
      }
    }
    return keys;
  }

  /** A key, and SHA-256 of the request that it came with. */
  private record Key(String text, Buffer digest) {
    /** Null if the content is what was asked for. */
    @Nullable Buffer digestUnlessOf(Buffer content) {
      return digest.equals(Buffer.buffer(Sha256.of(content.getBytes()))) ? null : digest;
    }

    RepeatedRequest claim(String tenant) {
      return new RepeatedRequest(tenant, text, digest);
    }
  }

  /** The key came in a header: the content does not hold it. */
  private static SendNotification withKey(SendNotification n, @Nullable String key) {
    return new SendNotification(
        n.tenant(),
        n.type(),
        n.channel(),
        n.recipients(),
        n.content(),
        n.priority(),
        n.fallbackChannels(),
        n.sendAt(),
        n.expiresAt(),
        n.confirmWithin(),
        n.onUnknown(),
        n.provider(),
        n.policy(),
        n.maxAttempts(),
        n.country(),
        n.metadata(),
        n.tags(),
        n.ignoreSuppression(),
        key,
        n.mail());
  }
}
