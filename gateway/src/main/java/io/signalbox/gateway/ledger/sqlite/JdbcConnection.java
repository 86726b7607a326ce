package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.sql.SqlConnection;
import io.signalbox.gateway.ledger.sql.SqlStatement;
import io.signalbox.gateway.ledger.sql.SqlTopic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A connection to a SQLite file, which this gateway shares with no other. */
final class JdbcConnection implements SqlConnection {
  private final Connection connection;
  private @Nullable Statement control;
  private @Nullable PreparedStatement lock;
  private @Nullable PreparedStatement version;
  private long lastVersion = -1;

  /** Wraps a connection that is in transactions. */
  JdbcConnection(Connection connection) {
    this.connection = connection;
  }

  @Override
  public SqlStatement prepare(String sql) {
    return new JdbcStatement(connection, sql);
  }

  @Override
  public boolean readsAhead() {
    return false;
  }

  @Override
  public String millis(String column) {
    return column;
  }

  @Override
  public String forUpdate() {
    return "";
  }

  @Override
  public int node() {
    return 0;
  }

  @Override
  public void begin() throws SQLException {
    // Writes nothing, but takes the write lock before the first read: so a writer from outside,
    // such as a person with the sqlite3 shell, makes us wait instead of failing us half-way.
    PreparedStatement open = lock;
    if (open == null) {
      open = connection.prepareStatement("DELETE FROM rankings WHERE 0");
      lock = open;
    }
    open.executeUpdate();
  }

  /** A person with the sqlite3 shell may write besides us. */
  @Override
  public boolean isUndisturbed() throws SQLException {
    PreparedStatement open = version;
    if (open == null) {
      open = connection.prepareStatement("PRAGMA data_version");
      version = open;
    }
    try (ResultSet row = open.executeQuery()) {
      long now = row.next() ? row.getLong(1) : -1;
      boolean same = now == lastVersion;
      lastVersion = now;
      return same;
    }
  }

  @Override
  public void awaitBegin() {
    // It runs since begin has returned.
  }

  @Override
  public void send() {
    // Nothing is gathered.
  }

  @Override
  public void flush() {
    // Every statement is done when it returns.
  }

  @Override
  public void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public boolean mayBeCommitted() {
    return true;
  }

  @Override
  public void rollback() throws SQLException {
    connection.rollback();
  }

  @Override
  public void mark() throws SQLException {
    run("SAVEPOINT change");
  }

  @Override
  public void keep() throws SQLException {
    run("RELEASE change");
  }

  @Override
  public void undo() throws SQLException {
    run("ROLLBACK TO change");
    run("RELEASE change");
  }

  private void run(String command) throws SQLException {
    Statement open = control;
    if (open == null) {
      open = connection.createStatement();
      control = open;
    }
    open.executeUpdate(command);
  }

  @Override
  public long revision(SqlTopic topic) {
    return 0;
  }

  @Override
  public void touch(SqlTopic topic) {
    // There is nobody else.
  }

  @Override
  public void probe() throws SQLException {
    // A field of the header that has no use here. A row that is given what it has is not written.
    run("PRAGMA application_id = 0");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
