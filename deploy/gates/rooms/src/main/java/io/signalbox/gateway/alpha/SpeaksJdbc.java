package io.signalbox.gateway.alpha;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.NullMarked;

/** JDBC outside of the SQLite room. */
@NullMarked
public final class SpeaksJdbc {
  public void commit(Connection connection) throws SQLException {
    connection.commit();
  }
}
