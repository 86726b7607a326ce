package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.sql.SqlRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows of a SQLite file, read one by one. */
final class JdbcRows implements SqlRows {
  private final ResultSet rows;

  JdbcRows(ResultSet rows) {
    this.rows = rows;
  }

  @Override
  public boolean next() throws SQLException {
    return rows.next();
  }

  @Override
  public int getInt(int column) throws SQLException {
    return rows.getInt(column);
  }

  @Override
  public long getLong(int column) throws SQLException {
    return rows.getLong(column);
  }

  @Override
  public boolean getFlag(int column) throws SQLException {
    return rows.getInt(column) != 0;
  }

  @Override
  public String getString(int column) throws SQLException {
    return rows.getString(column);
  }

  @Override
  public @Nullable String getText(int column) throws SQLException {
    return rows.getString(column);
  }

  @Override
  public byte[] getBytes(int column) throws SQLException {
    return rows.getBytes(column);
  }

  @Override
  public @Nullable Object getObject(int column) throws SQLException {
    return rows.getObject(column);
  }

  @Override
  public boolean wasNull() throws SQLException {
    return rows.wasNull();
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }
}
