package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A statement on a table that not every store has: prepared when it is used first. */
final class LateStatement {
  private final SqlConnection connection;
  private final String sql;
  private @Nullable SqlStatement prepared;

  LateStatement(SqlConnection connection, String sql) {
    this.connection = connection;
    this.sql = sql;
  }

  SqlStatement get() throws SQLException {
    SqlStatement known = prepared;
    if (known == null) {
      known = connection.prepare(sql);
      prepared = known;
    }
    return known;
  }
}
