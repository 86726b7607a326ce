package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.CallbackLink;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.buffer.Buffer;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Finds to whom a notification goes. That stands in its content alone, so it is read only where
 * somebody wants to know; the last one is remembered, because events of one change speak of one
 * notification. The same goes for the endpoint that a notification is tied to.
 */
final class RecipientReader {
  private final Contents contents;
  private final SqlStatement content;
  private long lastKey = -1;
  private @Nullable SendNotification last;
  private @Nullable Buffer lastContent;

  /** Read only where an endpoint of messages wants to know, and then once. */
  private boolean callbackIsRead;

  private @Nullable String lastCallback;

  RecipientReader(SqlConnection connection, Contents contents) throws SQLException {
    this.contents = contents;
    this.content =
        connection.prepare("SELECT content, accepted_at FROM notifications WHERE id = ?");
  }

  /** Forgets the last one: it was erased. */
  void forget() {
    lastKey = -1;
    last = null;
    lastContent = null;
    callbackIsRead = false;
    lastCallback = null;
  }

  /** The address for a channel; null if there is none or the content cannot be read. */
  @Nullable String recipient(NotificationRow row, Channel channel) throws SQLException {
    look(row);
    Recipient recipient = last == null ? null : last.recipientFor(channel);
    return recipient == null ? null : recipient.address();
  }

  /** The endpoint that tells of it at an address of its own; null if it is tied to none. */
  @Nullable String callback(NotificationRow row) throws SQLException {
    look(row);
    if (!callbackIsRead) {
      lastCallback = lastContent == null ? null : CallbackLink.of(lastContent);
      callbackIsRead = true;
    }
    return lastCallback;
  }

  private void look(NotificationRow row) throws SQLException {
    if (row.id().key() != lastKey) {
      forget();
      read(row);
      lastKey = row.id().key();
    }
  }

  private void read(NotificationRow row) throws SQLException {
    content.setLong(1, row.id().key());
    try (SqlRows found = content.query()) {
      if (found.next()) {
        long key = row.id().key();
        Buffer plain = Buffer.buffer(contents.open(found.getBytes(1), row.tenant(), key));
        last = contents.codec().read(plain, row.tenant(), found.getLong(2));
        lastContent = plain;
      }
    } catch (RuntimeException e) {
      // Whoever works on it says so in the log, and moves it aside.
      forget();
    }
  }
}
