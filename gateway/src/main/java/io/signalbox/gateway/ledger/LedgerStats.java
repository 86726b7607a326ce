package io.signalbox.gateway.ledger;

import io.signalbox.gateway.config.GatewayConfig;

/**
 * What the ledger has done since it was opened, for gauges.
 *
 * @param commits how many commits, each one fsync or one round trip
 * @param changes how many changes those commits held
 * @param failedCommits how many commits failed and took nothing
 * @param waiting how many changes wait for a commit now
 * @param waitingBytes how many bytes of content wait for a commit, or are in one now
 * @param lastCommitNanos how long the last commit took, with the changes in it
 * @param refusedForNanos for how long every commit has failed; 0 if the last one did not
 */
public record LedgerStats(
    long commits,
    long changes,
    long failedCommits,
    int waiting,
    long waitingBytes,
    long lastCommitNanos,
    long refusedForNanos) {

  /** How full the queue of changes is, 0 to 1. */
  public double fullness(GatewayConfig.Ledger limits) {
    return Math.max(
        (double) waiting / limits.maxWaitingChanges(),
        (double) waitingBytes / limits.maxWaitingBytes());
  }
}
