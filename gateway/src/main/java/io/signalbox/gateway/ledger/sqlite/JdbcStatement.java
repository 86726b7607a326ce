package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.sql.SqlAnswer;
import io.signalbox.gateway.ledger.sql.SqlRows;
import io.signalbox.gateway.ledger.sql.SqlStatement;
import io.signalbox.gateway.ledger.sql.SqlType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a SQLite file, where times are milliseconds and yes is 1. SQLite reads its text at
 * its first use: each connection knows hundreds, of which an idle gateway uses few, and each that
 * is read takes memory. So a text that SQLite does not understand fails at its first use, too.
 */
final class JdbcStatement implements SqlStatement {
  private final Connection connection;
  private final String sql;
  private @Nullable PreparedStatement statement;

  JdbcStatement(Connection connection, String sql) {
    this.connection = connection;
    this.sql = sql;
  }

  private PreparedStatement statement() throws SQLException {
    PreparedStatement open = statement;
    if (open == null) {
      open = connection.prepareStatement(sql);
      statement = open;
    }
    return open;
  }

  @Override
  public void setInt(int index, int value) throws SQLException {
    statement().setInt(index, value);
  }

  @Override
  public void setLong(int index, long value) throws SQLException {
    statement().setLong(index, value);
  }

  @Override
  public void setDouble(int index, double value) throws SQLException {
    statement().setDouble(index, value);
  }

  @Override
  public void setString(int index, String value) throws SQLException {
    statement().setString(index, value);
  }

  @Override
  public void setBytes(int index, byte[] value) throws SQLException {
    statement().setBytes(index, value);
  }

  @Override
  public void setFlag(int index, boolean value) throws SQLException {
    statement().setInt(index, value ? 1 : 0);
  }

  @Override
  public void setTime(int index, long millis) throws SQLException {
    statement().setLong(index, millis);
  }

  @Override
  public void setNull(int index, SqlType type) throws SQLException {
    statement().setNull(index, Types.NULL);
  }

  @Override
  public void setObject(int index, @Nullable Object value) throws SQLException {
    statement().setObject(index, value);
  }

  @Override
  public void setLongs(int index, Collection<Long> values) throws SQLException {
    throw new SQLFeatureNotSupportedException("SQLite has no lists");
  }

  @Override
  public void setStrings(int index, Collection<String> values) throws SQLException {
    throw new SQLFeatureNotSupportedException("SQLite has no lists");
  }

  @Override
  public void clearParameters() throws SQLException {
    statement().clearParameters();
  }

  @Override
  public SqlRows query() throws SQLException {
    return new JdbcRows(statement().executeQuery());
  }

  @Override
  public SqlAnswer ask() throws SQLException {
    SqlRows rows = query();
    return () -> rows;
  }

  @Override
  public SqlRows stream() throws SQLException {
    return query();
  }

  @Override
  public int update() throws SQLException {
    return statement().executeUpdate();
  }

  @Override
  public void execute() throws SQLException {
    statement().executeUpdate();
  }

  @Override
  public void executeOn(long key) throws SQLException {
    execute();
  }
}
