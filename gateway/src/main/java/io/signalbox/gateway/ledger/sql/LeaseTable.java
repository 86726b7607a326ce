package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Job;
import java.sql.SQLException;

/** The writer's statement on {@code leases}, which only a store has that can be shared. */
final class LeaseTable {
  private final SqlConnection connection;
  private final LateStatement ours;

  LeaseTable(SqlConnection connection) {
    this.connection = connection;
    this.ours =
        new LateStatement(
            connection,
            "SELECT 1 FROM leases l JOIN nodes n ON n.node = l.node AND n.epoch = l.epoch"
                + " WHERE l.name = ? AND l.node = ?");
  }

  /**
   * Whether a job is this node's, until the commit. No lock is needed: another takes it only after
   * our epoch was raised, which waits for this transaction.
   */
  boolean isOurs(Job job) throws SQLException {
    SqlStatement asking = ours.get();
    asking.setString(1, job.wireName());
    asking.setInt(2, connection.node());
    try (SqlRows row = asking.query()) {
      return row.next();
    }
  }
}
