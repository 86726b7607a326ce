package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.config.RereadSecret;
import io.vertx.pgclient.PgConnectOptions;
import java.util.Optional;

/**
 * Where a PostgreSQL ledger is and how it is talked to. Times are in milliseconds.
 *
 * @param connect how to connect
 * @param password of the user, in place of that of {@code connect}; empty for that one
 * @param minConnections how many connections are kept open
 * @param maxConnections how many there are at most; one of them writes
 * @param acquireTimeoutMillis how long a call waits for a connection
 * @param idleTimeoutMillis after how long an unused connection beyond the minimum is closed
 * @param connectTimeoutMillis how long making a connection takes at most
 * @param statementTimeoutMillis how long a statement takes at most
 * @param validateAfterMillis a connection that was unused for so long is tried before it is used
 */
record PostgresOptions(
    PgConnectOptions connect,
    Optional<RereadSecret> password,
    int minConnections,
    int maxConnections,
    long acquireTimeoutMillis,
    long idleTimeoutMillis,
    long connectTimeoutMillis,
    long statementTimeoutMillis,
    long validateAfterMillis) {
  private static final int PIPELINED = 512;
  private static final int STATEMENTS_KEPT = 512;
  private static final int STATEMENT_LENGTH = 8_192;

  /** With a password that does not change. */
  PostgresOptions(
      PgConnectOptions connect,
      int minConnections,
      int maxConnections,
      long acquireTimeoutMillis,
      long idleTimeoutMillis,
      long connectTimeoutMillis,
      long statementTimeoutMillis,
      long validateAfterMillis) {
    this(
        connect,
        Optional.empty(),
        minConnections,
        maxConnections,
        acquireTimeoutMillis,
        idleTimeoutMillis,
        connectTimeoutMillis,
        statementTimeoutMillis,
        validateAfterMillis);
  }

  /** Checks the bounds, and sets what every connection of the ledger has. */
  PostgresOptions {
    if (minConnections < 0 || maxConnections < 2 || minConnections > maxConnections) {
      throw new IllegalArgumentException(
          "connections: at least 2, and a minimum from 0 to the maximum");
    }
    if (acquireTimeoutMillis < 1
        || idleTimeoutMillis < 1
        || connectTimeoutMillis < 1
        || statementTimeoutMillis < 1
        || validateAfterMillis < 0) {
      throw new IllegalArgumentException("every time-out is at least 1 ms");
    }
    connect =
        new PgConnectOptions(connect)
            .setPipeliningLimit(PIPELINED)
            .setCachePreparedStatements(true)
            .setPreparedStatementCacheMaxSize(STATEMENTS_KEPT)
            .setPreparedStatementCacheSqlLimit(STATEMENT_LENGTH)
            .addProperty("client_min_messages", "warning")
            // A machine that has gone is noticed, and what it holds is let go.
            .addProperty("tcp_keepalives_idle", "5")
            .addProperty("tcp_keepalives_interval", "2")
            .addProperty("tcp_keepalives_count", "3")
            .addProperty("statement_timeout", Long.toString(statementTimeoutMillis))
            .addProperty("lock_timeout", Long.toString(statementTimeoutMillis))
            // What a gateway that stands still holds is let go.
            .addProperty(
                "idle_in_transaction_session_timeout", Long.toString(2 * statementTimeoutMillis));
  }

  /** How to connect now, with the password as it is now; blocks. */
  PgConnectOptions login() {
    return password
        .map(secret -> new PgConnectOptions(connect).setPassword(secret.now().reveal()))
        .orElse(connect);
  }

  /**
   * How long an answer is waited for. The server itself ends a statement before, but no {@code
   * COMMIT}: what became of one that had no answer is not known.
   */
  long answerTimeoutMillis() {
    return statementTimeoutMillis + Math.max(500, statementTimeoutMillis / 4);
  }

  /** The same, with a name by which the server's sessions of this process are found. */
  PostgresOptions named(String session) {
    PgConnectOptions own = new PgConnectOptions(connect);
    own.addProperty("application_name", session);
    return new PostgresOptions(
        own,
        password,
        minConnections,
        maxConnections,
        acquireTimeoutMillis,
        idleTimeoutMillis,
        connectTimeoutMillis,
        statementTimeoutMillis,
        validateAfterMillis);
  }

  @Override
  public String toString() {
    return "PostgresOptions[" + connect.getHost() + ":" + connect.getPort() + "]";
  }
}
