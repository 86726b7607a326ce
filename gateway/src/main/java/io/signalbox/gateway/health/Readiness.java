package io.signalbox.gateway.health;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether requests should be sent to this gateway: no longer so a little before it would have to
 * refuse them, so that whoever shares out requests has time to go elsewhere.
 *
 * @param phase where it is between its start and its stop
 * @param ledgerAnswers whether the ledger does
 * @param ledgerTakes whether it takes changes
 * @param standby where notifications go else
 * @param freeDiskBytes free space in the data directory
 * @param minFreeDiskBytes below this much intake refuses
 */
record Readiness(
    Phase phase,
    boolean ledgerAnswers,
    boolean ledgerTakes,
    Standby standby,
    long freeDiskBytes,
    long minFreeDiskBytes) {
  private static final double DISK_MARGIN = 1.25;
  private static final double FULLEST_STANDBY = 0.95;

  /** Between start and stop. */
  enum Phase {
    STARTING("starting"),
    UP("up"),
    DRAINING("draining");

    private final String wireName;

    Phase(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  /** Why not, as short lower-case words; empty if it is ready. */
  List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    if (phase != Phase.UP) {
      reasons.add(phase.wireName());
    }
    if (!standby.takes()) {
      if (!ledgerAnswers) {
        reasons.add("ledger_away");
      } else if (!ledgerTakes) {
        reasons.add("ledger_refuses");
      }
    }
    if (standby.active() && standby.fullness() >= FULLEST_STANDBY) {
      reasons.add("spool_nearly_full");
    }
    if (freeDiskBytes < minFreeDiskBytes * DISK_MARGIN) {
      reasons.add("disk_nearly_full");
    }
    return reasons;
  }
}
