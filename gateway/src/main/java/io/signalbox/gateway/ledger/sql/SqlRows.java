package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of an answer, one after another; columns are counted from 1. */
public interface SqlRows extends AutoCloseable {

  /** Goes to the next row; false if there is none. */
  boolean next() throws SQLException;

  /** A whole number, or 1 for yes and 0 for no; 0 for NULL. */
  int getInt(int column) throws SQLException;

  /** A whole number, or a time in milliseconds since 1970; 0 for NULL. */
  long getLong(int column) throws SQLException;

  /** Yes or no; no for NULL. */
  boolean getFlag(int column) throws SQLException;

  /** Text of a column without NULL. */
  String getString(int column) throws SQLException;

  /** Text; null for NULL. */
  @Nullable String getText(int column) throws SQLException;

  /** Bytes of a column without NULL. */
  byte[] getBytes(int column) throws SQLException;

  /** A number, a text, a Boolean; null for NULL. */
  @Nullable Object getObject(int column) throws SQLException;

  /** Whether what was read last was NULL. */
  boolean wasNull() throws SQLException;

  @Override
  void close() throws SQLException;
}
