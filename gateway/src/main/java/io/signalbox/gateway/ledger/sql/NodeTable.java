package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Node;
import java.sql.SQLException;

/** The writer's statement on {@code nodes}, which only a store has that can be shared. */
final class NodeTable {
  private final LateStatement end;

  NodeTable(SqlConnection connection) {
    this.end =
        new LateStatement(
            connection,
            "UPDATE nodes SET epoch = epoch + 1, left_at = clock_timestamp()"
                + " WHERE node = ? AND epoch = ? AND left_at IS NULL");
  }

  /**
   * Takes a number away from a node, so that it writes no more; waits for what it is writing.
   *
   * @return false if somebody has done so before
   */
  boolean end(Node dead) throws SQLException {
    SqlStatement ending = end.get();
    ending.setInt(1, dead.number());
    ending.setLong(2, dead.epoch());
    return ending.update() == 1;
  }
}
