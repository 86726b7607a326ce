package io.signalbox.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * PostgreSQL.
 *
 * @param password where the password is; empty for none
 * @param tls how connections are encrypted: a word that PostgreSQL's own tools know
 * @param caFile authorities that may vouch for the server; empty if nobody must
 * @param nodeTimeout how long a gateway that shares the ledger may be silent
 */
public record PostgresSettings(
    String host,
    int port,
    String database,
    String user,
    Optional<SecretReference> password,
    String tls,
    Optional<Path> caFile,
    Duration nodeTimeout,
    Pool pool) {

  /**
   * Its connections.
   *
   * @param minConnections how many are kept open
   * @param maxConnections how many there are at most
   * @param acquireTimeout how long a call waits for one
   * @param idleTimeout after how long an unused one beyond the minimum is closed
   * @param connectTimeout how long making one may take
   * @param statementTimeout how long a statement may take
   * @param validateAfter one that was unused for so long is tried before it is used
   */
  public record Pool(
      int minConnections,
      int maxConnections,
      Duration acquireTimeout,
      Duration idleTimeout,
      Duration connectTimeout,
      Duration statementTimeout,
      Duration validateAfter) {}
}
