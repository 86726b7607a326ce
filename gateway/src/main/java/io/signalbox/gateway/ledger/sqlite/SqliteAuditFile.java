package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.sql.SqlAuditFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Opens the audit log in a file of an embedded ledger. Blocks: for commands. */
public final class SqliteAuditFile {
  private SqliteAuditFile() {}

  /**
   * Opens a ledger's file for reading alone.
   *
   * @throws LedgerUnavailableException if there is none
   */
  public static SqlAuditFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new LedgerUnavailableException("there is no ledger at " + file);
    }
    try {
      return new SqlAuditFile(new JdbcConnection(new ConnectionFactory(file, () -> 0).reader()));
    } catch (SQLException e) {
      throw new LedgerUnavailableException("the ledger cannot be read: " + e.getMessage(), e);
    }
  }
}
