package io.signalbox.deploy.resilience;

import io.signalbox.deploy.SimulatorProcess;
import java.util.Set;

/** Decides when nothing more is to be expected of a system. */
final class Drain {
  private final Plan plan;
  private final Mailer mailer;
  private final SimulatorProcess simulator;
  private int arrived = -1;
  private long unchangedSince;

  Drain(Plan plan, Mailer mailer, SimulatorProcess simulator) {
    this.plan = plan;
    this.mailer = mailer;
    this.simulator = simulator;
  }

  /**
   * Over is when nothing is worked at, and either all have arrived and none waits for a receipt
   * that a system could act on, or nothing has arrived for a while.
   */
  boolean isOver(Set<Integer> accepted) {
    if (mailer.open() > 0) {
      return false;
    }
    Arrivals arrivals = Arrivals.of(plan, simulator);
    boolean all = arrivals.firstAt().keySet().containsAll(accepted);
    if (all && !mailer.awaitsReceipts()) {
      return true;
    }
    long now = System.nanoTime();
    if (arrivals.total() != arrived) {
      arrived = arrivals.total();
      unchangedSince = now;
    }
    return now - unchangedSince >= plan.quiet().toNanos();
  }
}
