package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.sql.SqlHistory;
import io.signalbox.gateway.notification.NotificationCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Opens an embedded ledger to read its past. Blocks: for commands. */
public final class SqliteHistory {
  private SqliteHistory() {}

  /**
   * Opens a ledger's file for reading alone.
   *
   * @param seal under which its contents are stored
   * @throws LedgerUnavailableException if there is none, or it is of another version
   */
  public static SqlHistory open(Path file, Seal seal, NotificationCodec codec) {
    if (!Files.isRegularFile(file)) {
      throw new LedgerUnavailableException("there is no ledger at " + file);
    }
    try {
      return SqlHistory.of(
          new JdbcConnection(new ConnectionFactory(file, () -> 0).reader()), seal, codec);
    } catch (SQLException e) {
      throw new LedgerUnavailableException("the ledger cannot be read: " + e.getMessage(), e);
    }
  }
}
