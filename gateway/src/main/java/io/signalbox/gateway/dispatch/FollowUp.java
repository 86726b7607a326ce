package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.ledger.NextStep;

/** What is to be done with a notification next. */
sealed interface FollowUp {

  /** The step that the ledger records with the end of the attempt before. */
  NextStep step();

  /** A step that the ledger records; nothing else is to be done. */
  record TakeStep(NextStep step) implements FollowUp {}

  /** An attempt begins; its permit is reserved already. */
  record Begin(Flight flight, String reason) implements FollowUp {
    @Override
    public NextStep step() {
      return new NextStep.Attempt(flight.start(), reason);
    }
  }

  /**
   * A permit of that provider is waited for in memory.
   *
   * @param step what the ledger records meanwhile: queued and due, so that nothing is lost
   * @param later the step to record instead if there is no room to wait in memory
   */
  record Park(BoardEntry provider, NextStep step, NextStep later) implements FollowUp {}
}
