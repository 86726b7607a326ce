package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.gateway.model.DegradationReason;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Keeps how providers failed, and when the degradation mode changed, for a while. Thread-safe. */
public interface DegradationLedger {

  /** Stores rows of one window. */
  Future<Void> recordFailures(List<FailureMetric> metrics);

  /** Stores a change of the mode; of nodes that share a ledger one does. */
  Future<Void> recordModeChange(ModeChange change);

  /** The latest change of the mode; empty if there never was one. */
  Future<Optional<ModeChange>> latestModeChange();

  /**
   * Deletes what is older, a few hundred rows at a time.
   *
   * @return how many rows; 0 if nothing was left to delete
   */
  Future<Integer> forgetFailures(long beforeMillis);

  /**
   * A change of the mode: a row of {@code degradation_events}.
   *
   * @param reasons why; empty if the mode is normal again
   * @param atMillis when
   */
  record ModeChange(
      DegradationMode from, DegradationMode to, List<DegradationReason> reasons, long atMillis) {

    /** Copies the list. */
    public ModeChange {
      reasons = List.copyOf(reasons);
    }
  }
}
