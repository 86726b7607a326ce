package io.signalbox.gateway.spool;

import io.signalbox.gateway.ledger.RestoreLedger.Restored;

/** Counts what leaves a spool. */
@FunctionalInterface
public interface SpoolMeter {

  /** The ledger has taken notifications over; called on any thread. */
  void moved(Restored result, int count);
}
