package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditHead;
import io.signalbox.gateway.ledger.AuditVerdict;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The audit log of a ledger that no gateway has to run on, such as a copy of one. Blocks: for
 * commands. Not thread-safe.
 */
public final class SqlAuditFile implements AutoCloseable {
  private final SqlConnection connection;

  /** Reads through a connection, which it closes. */
  public SqlAuditFile(SqlConnection connection) {
    this.connection = connection;
  }

  /**
   * Reads all lines and checks their chain.
   *
   * @param kept a head that was kept elsewhere; null for none
   * @throws LedgerUnavailableException if it cannot be read, or has no chain
   */
  public AuditVerdict verify(@Nullable AuditHead kept) {
    try {
      AuditReader reader = new AuditReader(connection);
      AuditWalk walk = new AuditWalk(kept);
      Optional<AuditVerdict> verdict = walk.step(reader);
      while (verdict.isEmpty()) {
        verdict = walk.step(reader);
      }
      return verdict.get();
    } catch (SQLException e) {
      throw new LedgerUnavailableException("the audit log cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new LedgerUnavailableException("the ledger did not close: " + e.getMessage(), e);
    }
  }
}
