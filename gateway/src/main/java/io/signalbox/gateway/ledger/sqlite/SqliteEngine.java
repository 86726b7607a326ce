package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.Leases;
import io.signalbox.gateway.ledger.Node;
import io.signalbox.gateway.ledger.Nodes;
import io.signalbox.gateway.ledger.sql.SqlConnection;
import io.signalbox.gateway.ledger.sql.SqlEngine;
import io.signalbox.gateway.ledger.sql.SqlPast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A SQLite file: locked against other gateways, checkpointed beside the writer. */
final class SqliteEngine implements SqlEngine {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);

  private final LedgerLock lock;
  private final ConnectionFactory connections;
  private final Checkpointer checkpointer;

  private SqliteEngine(LedgerLock lock, ConnectionFactory connections, Checkpointer checkpointer) {
    this.lock = lock;
    this.connections = connections;
    this.checkpointer = checkpointer;
  }

  /** Opens a ledger file and brings it to this version; blocks. */
  static SqliteEngine open(Path file, IntSupplier maxPages) throws IOException, SQLException {
    return open(file, maxPages, List.of());
  }

  /** As above, and gives it what only some ledgers need: commands that may be repeated. */
  static SqliteEngine open(Path file, IntSupplier maxPages, List<String> commands)
      throws IOException, SQLException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    LedgerLock lock = LedgerLock.take(file);
    try {
      ConnectionFactory connections = new ConnectionFactory(file, maxPages);
      try (Connection connection = connections.writer()) {
        Migrations.run(connection);
        for (String command : commands) {
          Migrations.run(connection, command);
        }
      }
      Checkpointer checkpointer = new Checkpointer(connections.checkpointer());
      checkpointer.start();
      return new SqliteEngine(lock, connections, checkpointer);
    } catch (IOException | SQLException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  @Override
  public Nodes nodes() {
    return Nodes.ALONE;
  }

  @Override
  public Leases leases() {
    return Leases.ALONE;
  }

  @Override
  public List<Node> dead() {
    return List.of();
  }

  @Override
  public void onDeath(Runnable bell) {
    // There is nobody else to die.
  }

  @Override
  public SqlConnection writer() throws SQLException {
    return new JdbcConnection(connections.writer());
  }

  @Override
  public SqlConnection reader() throws SQLException {
    return new JdbcConnection(connections.reader());
  }

  @Override
  public String sqlState(SQLException failure) {
    return SqliteFailures.state(failure);
  }

  @Override
  public boolean isCollision(SQLException failure) {
    return false;
  }

  @Override
  public boolean mayPass(SQLException failure) {
    // There is nobody to be in the way of, and no connection to lose.
    return false;
  }

  @Override
  public boolean undisturbed(BooleanSupplier transaction) {
    return checkpointer.undisturbed(transaction);
  }

  @Override
  public void committed(int changes) {
    checkpointer.committed(changes);
  }

  @Override
  public void scrub() {
    checkpointer.truncate();
  }

  @Override
  public void onPreferences(Runnable bell) {
    // A file tells nobody.
  }

  @Override
  public void onTemplates(Runnable bell) {
    // A file tells nobody.
  }

  @Override
  public SqlPast past() {
    // Pages of rows that went are used again by rows that come.
    return SqlPast.ROWS;
  }

  @Override
  public void close() {
    try {
      checkpointer.close();
    } catch (SQLException e) {
      LOG.warn("the last checkpoint of the ledger failed: {}", e.getMessage());
    }
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("the ledger's lock could not be given back: {}", e.getMessage());
    }
  }
}
