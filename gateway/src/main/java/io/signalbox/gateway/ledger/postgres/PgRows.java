package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.sql.SqlRows;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Rows, brought at once or some at a time. */
final class PgRows implements SqlRows {
  private final Source source;
  private @Nullable Row row;
  private boolean wasNull;

  PgRows(Source source) {
    this.source = source;
  }

  /** Where rows come from. */
  interface Source {
    /** The next row; null if there is none. */
    @Nullable Row next() throws SQLException;

    /** Lets go of what the store keeps for the rows. */
    void close() throws SQLException;
  }

  @Override
  public boolean next() throws SQLException {
    row = source.next();
    return row != null;
  }

  @Override
  public int getInt(int column) throws SQLException {
    return Math.toIntExact(getLong(column));
  }

  @Override
  public long getLong(int column) throws SQLException {
    Object value = getObject(column);
    if (value == null) {
      return 0;
    }
    if (value instanceof Number number) {
      return number.longValue();
    }
    if (value instanceof OffsetDateTime time) {
      return PgTimes.millis(time);
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    throw new SQLException("column " + column + " is no number but a " + value.getClass());
  }

  @Override
  public boolean getFlag(int column) throws SQLException {
    return getLong(column) != 0;
  }

  @Override
  public String getString(int column) throws SQLException {
    String text = getText(column);
    if (text == null) {
      throw new SQLException("column " + column + " is NULL");
    }
    return text;
  }

  @Override
  public @Nullable String getText(int column) throws SQLException {
    Object value = getObject(column);
    return value == null ? null : value.toString();
  }

  @Override
  public byte[] getBytes(int column) throws SQLException {
    if (getObject(column) instanceof Buffer bytes) {
      return bytes.getBytes();
    }
    throw new SQLException("column " + column + " has no bytes");
  }

  @Override
  public @Nullable Object getObject(int column) throws SQLException {
    Row current = row;
    if (current == null) {
      throw new SQLException("there is no row");
    }
    Object value = current.getValue(column - 1);
    wasNull = value == null;
    return value;
  }

  @Override
  public boolean wasNull() {
    return wasNull;
  }

  @Override
  public void close() throws SQLException {
    source.close();
  }
}
