package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.Seal;

/**
 * How a ledger works on its store.
 *
 * @param maxCommitBatch how many changes share one commit at most
 * @param maxWaitingChanges how many changes may wait for a commit before callers are refused
 * @param maxWaitingBytes how many bytes of content may wait for a commit, or be in one, before
 *     callers are refused
 * @param readers how many threads read, each with a connection of its own
 * @param maxWaitingReads how many reads may wait for a reader before callers are refused
 * @param seal under which personal data are stored
 */
public record SqlLedgerOptions(
    int maxCommitBatch,
    int maxWaitingChanges,
    long maxWaitingBytes,
    int readers,
    int maxWaitingReads,
    Seal seal) {
  private static final int READERS = 2;
  private static final int MAX_WAITING_READS = 1_000;

  /** Checks the bounds. */
  public SqlLedgerOptions {
    if (maxCommitBatch < 1
        || maxWaitingChanges < 1
        || maxWaitingBytes < 1
        || readers < 1
        || maxWaitingReads < 1) {
      throw new IllegalArgumentException("every bound of the ledger is at least 1");
    }
  }

  /** With everything stored as it is. */
  public SqlLedgerOptions(
      int maxCommitBatch,
      int maxWaitingChanges,
      long maxWaitingBytes,
      int readers,
      int maxWaitingReads) {
    this(maxCommitBatch, maxWaitingChanges, maxWaitingBytes, readers, maxWaitingReads, Seal.NONE);
  }

  /** The same with personal data stored under a seal. */
  public SqlLedgerOptions withSeal(Seal other) {
    return new SqlLedgerOptions(
        maxCommitBatch, maxWaitingChanges, maxWaitingBytes, readers, maxWaitingReads, other);
  }

  /** The options that a configuration asks for. */
  public static SqlLedgerOptions of(GatewayConfig.Ledger config) {
    return of(config, READERS);
  }

  /** The options that a configuration asks for, with so many readers. */
  public static SqlLedgerOptions of(GatewayConfig.Ledger config, int readers) {
    return new SqlLedgerOptions(
        config.maxCommitBatch(),
        config.maxWaitingChanges(),
        config.maxWaitingBytes(),
        readers,
        MAX_WAITING_READS);
  }
}
