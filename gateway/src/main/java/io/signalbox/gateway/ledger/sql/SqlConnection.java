package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;

/**
 * A conversation with a store. Used by one thread at a time; every call may block, and may fail
 * with what earlier calls have asked for. Statements take part in the transaction that runs, and
 * begin one if none does.
 */
public interface SqlConnection extends AutoCloseable {

  /**
   * Makes a statement that is kept for as long as the connection.
   *
   * @param sql with {@code ?} for its parameters, or {@code ?1}, {@code ?2} where one stands in
   *     several places
   */
  SqlStatement prepare(String sql) throws SQLException;

  /** Whether answers cost so much that what a batch will ask is better asked at once. */
  boolean readsAhead();

  /** The expression that gives a column of times in milliseconds since 1970. */
  String millis(String column);

  /**
   * What is put behind a SELECT of the writer so that nobody else changes what it found before the
   * commit; empty where nobody else writes.
   */
  String forUpdate();

  /**
   * The number of the node that this process is, as long as the transaction runs that was begun
   * last; 0 where the store is never shared.
   */
  int node();

  /** Asks for a transaction that writes; what follows is part of it. */
  void begin() throws SQLException;

  /**
   * Whether nobody else has written since this was asked last, so that what was known of rows is
   * true still; asked inside a transaction. Always false where others write besides us.
   */
  boolean isUndisturbed() throws SQLException;

  /**
   * Waits until the transaction runs. Before that nothing may be changed, and no answer be
   * believed.
   */
  void awaitBegin() throws SQLException;

  /** Sends what was gathered, and does not wait. */
  void send() throws SQLException;

  /** Waits until all that was asked for is done; fails if any of it has failed. */
  void flush() throws SQLException;

  /** Makes durable what was done since the begin; fails if any of it has failed. */
  void commit() throws SQLException;

  /** Whether the commit that failed last may have been carried out all the same. */
  boolean mayBeCommitted();

  /** Takes back what was done since the begin. */
  void rollback() throws SQLException;

  /** Marks the place that {@link #undo} goes back to. */
  void mark() throws SQLException;

  /** Keeps what was done since the mark. */
  void keep() throws SQLException;

  /** Takes back what was done since the mark. */
  void undo() throws SQLException;

  /**
   * A number that has changed if another process that shares the store may have changed something
   * about a topic since it was asked last; asked inside a transaction. Always 0 where the store is
   * never shared.
   */
  long revision(SqlTopic topic) throws SQLException;

  /** Tells others, with the commit, that something about a topic has changed. */
  void touch(SqlTopic topic) throws SQLException;

  /** Writes what changes nothing, so that the commit shows whether the store takes changes. */
  void probe() throws SQLException;

  @Override
  void close() throws SQLException;
}
