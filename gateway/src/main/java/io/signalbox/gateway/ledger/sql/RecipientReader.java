package io.signalbox.gateway.ledger.sql;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.SendNotification;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Finds to whom a notification goes. That stands in its content alone, so it is read only where
 * somebody wants to know; the last one is remembered, because events of one change speak of one
 * notification.
 */
final class RecipientReader {
  private final Contents contents;
  private final SqlStatement content;
  private long lastKey = -1;
  private @Nullable SendNotification last;

  RecipientReader(SqlConnection connection, Contents contents) throws SQLException {
    this.contents = contents;
    this.content =
        connection.prepare("SELECT content, accepted_at FROM notifications WHERE id = ?");
  }

  /** Forgets the last one: it was erased. */
  void forget() {
    lastKey = -1;
    last = null;
  }

  /** The address for a channel; null if there is none or the content cannot be read. */
  @Nullable String recipient(NotificationRow row, Channel channel) throws SQLException {
    if (row.id().key() != lastKey) {
      last = read(row);
      lastKey = row.id().key();
    }
    Recipient recipient = last == null ? null : last.recipientFor(channel);
    return recipient == null ? null : recipient.address();
  }

  private @Nullable SendNotification read(NotificationRow row) throws SQLException {
    content.setLong(1, row.id().key());
    try (SqlRows found = content.query()) {
      return found.next()
          ? contents.read(found.getBytes(1), row.tenant(), row.id().key(), found.getLong(2))
          : null;
      // Whoever works on it says so in the log, and moves it aside.
    } catch (RuntimeException e) {
      return null;
    }
  }
}
