package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.gateway.ledger.CallbackQueue.Subject;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is known of the notifications that events tell of. */
final class SubjectReader {
  private static final Logger LOG = LoggerFactory.getLogger(SubjectReader.class);

  private final Contents contents;
  private final SqlStatement notification;

  SubjectReader(SqlConnection connection, Contents contents) throws SQLException {
    this.contents = contents;
    notification =
        connection.prepare(
            "SELECT content, state, attempts FROM notifications"
                + " WHERE id = ? AND random = ? AND tenant = ?");
  }

  /** The same events with their notifications, but for those whose key may come back. */
  List<Due> with(String tenant, List<Due> found) throws SQLException {
    List<Due> known = new ArrayList<>(found.size());
    for (Due due : found) {
      Optional<NotificationId> id = id(due.content());
      if (id.isEmpty()) {
        known.add(due);
      } else {
        add(due, tenant, id.get(), known);
      }
    }
    return known;
  }

  private static Optional<NotificationId> id(Buffer event) {
    JsonObject data = event.toJsonObject().getJsonObject("data", new JsonObject());
    return Optional.ofNullable(data.getString("notification_id")).flatMap(NotificationId::parse);
  }

  private void add(Due due, String tenant, NotificationId id, List<Due> known) throws SQLException {
    notification.setLong(1, id.key());
    notification.setLong(2, id.random());
    notification.setString(3, tenant);
    try (SqlRows row = notification.query()) {
      if (!row.next()) {
        known.add(due);
        return;
      }
      byte[] stored = row.getBytes(1);
      if (contents.seal().isMissingKeyOf(stored)) {
        LOG.error("an event of notification {} waits for the key of its content", id);
        return;
      }
      Subject subject =
          new Subject(
              open(stored, tenant, id), NotificationState.ofCode(row.getInt(2)), row.getInt(3));
      known.add(
          new Due(due.key(), due.eventId(), due.content(), due.attempts(), due.asked(), subject));
    }
  }

  /** Empty where it was erased, or its key is lost for ever. */
  private Buffer open(byte[] stored, String tenant, NotificationId id) {
    try {
      return stored.length == 0
          ? Buffer.buffer()
          : Buffer.buffer(contents.open(stored, tenant, id.key()));
    } catch (SealedException e) {
      return Buffer.buffer();
    }
  }
}
