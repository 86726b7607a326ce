package io.signalbox.gateway.config;

import java.time.Duration;
import java.util.Set;

/**
 * Operations: renting numbers, creating bookings.
 *
 * @param callTimeout how long a provider may take to do one
 * @param lookUpTimeout how long a look-up, or a cancelling of what is nobody's, may take
 * @param longestWait how long a caller waits for the end at most
 * @param maxUnderWay how many are worked on at a time; others wait in the ledger
 * @param maxOpen how many of each kind may be without an end on a node before more are refused
 * @param maxWaiting how many callers may wait for an end on a node; others are answered at once
 * @param settleAfter how long after an attempt's deadline a look-up that finds nothing counts
 * @param settleWithin how long an unknown attempt is looked for before the operation fails
 * @param watch how long what an unknown attempt may have left is looked for afterwards
 * @param sharedAccounts providers whose accounts others use too, so that nothing is cancelled there
 *     that is not known by our reference
 */
public record OperationSettings(
    Duration callTimeout,
    Duration lookUpTimeout,
    Duration longestWait,
    int maxUnderWay,
    int maxOpen,
    int maxWaiting,
    Duration settleAfter,
    Duration settleWithin,
    Duration watch,
    Set<String> sharedAccounts) {

  /** Copies the set. */
  public OperationSettings {
    sharedAccounts = Set.copyOf(sharedAccounts);
  }
}
