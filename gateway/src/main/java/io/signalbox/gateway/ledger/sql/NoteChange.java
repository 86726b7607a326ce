package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Adds a line to the timeline of a notification. */
record NoteChange(NotificationId id, String event, @Nullable String detail, long nowMillis)
    implements Change<NotificationId> {

  @Override
  public boolean keepsRows() {
    return true;
  }

  @Override
  public NotificationId apply(WriteSession session) throws SQLException {
    session.events().insert(id.key(), nowMillis, event, detail);
    return id;
  }
}
