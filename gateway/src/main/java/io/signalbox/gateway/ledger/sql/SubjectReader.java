package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.gateway.ledger.CallbackQueue.Subject;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.ledger.SealedForm;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is known of the notifications that events tell of. */
final class SubjectReader {
  private static final Logger LOG = LoggerFactory.getLogger(SubjectReader.class);

  private final Contents contents;
  private final SqlStatement notification;
  private String told = "";

  SubjectReader(SqlConnection connection, Contents contents) throws SQLException {
    this.contents = contents;
    notification =
        connection.prepare(
            "SELECT content, state, attempts FROM notifications"
                + " WHERE id = ? AND random = ? AND tenant = ?");
  }

  /** The same event with its notification; null if that waits for its key, which may come back. */
  @Nullable Due with(String tenant, Due due) throws SQLException {
    NotificationId id = id(due.content()).orElse(null);
    return id == null ? due : with(tenant, id, due);
  }

  private static Optional<NotificationId> id(Buffer event) {
    JsonObject data = event.toJsonObject().getJsonObject("data", new JsonObject());
    return Optional.ofNullable(data.getString("notification_id")).flatMap(NotificationId::parse);
  }

  private @Nullable Due with(String tenant, NotificationId id, Due due) throws SQLException {
    notification.setLong(1, id.key());
    notification.setLong(2, id.random());
    notification.setString(3, tenant);
    try (SqlRows row = notification.query()) {
      if (!row.next()) {
        return due;
      }
      byte[] stored = row.getBytes(1);
      if (contents.seal().isMissingKeyOf(stored)) {
        tell(id, SealedForm.keyOf(stored));
        return null;
      }
      Subject subject =
          new Subject(
              open(stored, tenant, id), NotificationState.ofCode(row.getInt(2)), row.getInt(3));
      return new Due(due.key(), due.eventId(), due.content(), due.attempts(), due.asked(), subject);
    }
  }

  /** Once for each key: it is met again with every look for what is due. */
  private void tell(NotificationId id, String key) {
    if (!key.equals(told)) {
      told = key;
      LOG.error("events of notification {}, and others maybe, wait for key {}", id, key);
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
