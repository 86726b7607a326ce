package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A statement with parameters, counted from 1, each of which keeps its value until it gets another.
 * Belongs to the thread of its connection.
 */
public interface SqlStatement {

  /** Binds a whole number. */
  void setInt(int index, int value) throws SQLException;

  /** Binds a whole number. */
  void setLong(int index, long value) throws SQLException;

  /** Binds a number. */
  void setDouble(int index, double value) throws SQLException;

  /** Binds text. */
  void setString(int index, String value) throws SQLException;

  /** Binds bytes, which must not be changed any more. */
  void setBytes(int index, byte[] value) throws SQLException;

  /** Binds yes or no. */
  void setFlag(int index, boolean value) throws SQLException;

  /** Binds a time, in milliseconds since 1970. */
  void setTime(int index, long millis) throws SQLException;

  /** Binds NULL. */
  void setNull(int index, SqlType type) throws SQLException;

  /** Binds a number, a text, a Boolean, or NULL. */
  void setObject(int index, @Nullable Object value) throws SQLException;

  /** Binds a list for {@code = ANY(?)}; only where the connection reads ahead. */
  void setLongs(int index, Collection<Long> values) throws SQLException;

  /** Binds a list for {@code = ANY(?)}; only where the connection reads ahead. */
  void setStrings(int index, Collection<String> values) throws SQLException;

  /** Forgets the parameters, so that large ones do not stay in memory. */
  void clearParameters() throws SQLException;

  /** Asks for rows; all of them may be brought at once. */
  SqlRows query() throws SQLException;

  /**
   * Asks for rows, all of which are brought at once, and does not wait for them: several questions
   * that are asked before the first answer is taken cost one wait.
   */
  SqlAnswer ask() throws SQLException;

  /** Asks for rows, of which there may be very many; they are brought a few at a time. */
  SqlRows stream() throws SQLException;

  /** Changes rows now; returns how many. */
  int update() throws SQLException;

  /**
   * Changes rows in its turn, at the latest before the next answer of the connection. A failure may
   * be met by a later call.
   */
  void execute() throws SQLException;

  /**
   * Changes rows of one key, and looks at no others: such changes of other keys on the same table
   * may go before it, those of the same key keep their order.
   */
  void executeOn(long key) throws SQLException;

  /**
   * Has it read through indexes from now on, whatever the store takes its tables for: one that was
   * empty when it looked last may hold the history of years.
   */
  default void throughIndexes() {
    // Where the store needs no telling.
  }
}
