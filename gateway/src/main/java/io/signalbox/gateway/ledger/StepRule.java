package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationState;
import org.jspecify.annotations.Nullable;

/** Whether a step of our own work is still taken, and where it leads. One rule for all ledgers. */
public final class StepRule {
  private StepRule() {}

  /**
   * Where a step leads.
   *
   * @param dueAtMillis when something is to be done next; null if nothing is
   * @param round the round that is stored
   * @param reason why, for the timeline; null if the state says all
   */
  public record Position(
      NotificationState state, @Nullable Long dueAtMillis, int round, @Nullable String reason) {}

  /**
   * Whether what follows an attempt's end is applied: while the notification is open and the
   * attempt is its latest. That an attempt was sent counts always, unless something better or final
   * is known: no other attempt may follow it.
   *
   * @param state where the notification stands
   * @param latest whether the attempt is the latest
   */
  public static boolean appliesAfterAttempt(
      NotificationState state, boolean latest, NextStep next) {
    if (state.isOpen() && latest) {
      return true;
    }
    return next instanceof NextStep.Finish finish
        && finish.state() == NotificationState.SENT
        && NotificationState.SENT.rank() > state.rank();
  }

  /**
   * Where a step leads that is not an attempt.
   *
   * @param round the round that is stored now
   * @throws IllegalArgumentException if the step ends in a state that is no end
   */
  public static Position position(NextStep next, int round) {
    if (next instanceof NextStep.Finish finish) {
      if (finish.state().isOpen() || finish.state() == NotificationState.DELIVERED) {
        throw new IllegalArgumentException("work cannot end as " + finish.state().wireName());
      }
      return new Position(finish.state(), null, round, finish.reason());
    }
    if (next instanceof NextStep.Await await) {
      return new Position(NotificationState.PROCESSING, await.untilMillis(), round, await.reason());
    }
    if (next instanceof NextStep.Retry retry) {
      return new Position(
          NotificationState.QUEUED, retry.dueAtMillis(), retry.round(), retry.reason());
    }
    return new Position(NotificationState.PROCESSING, null, round, null);
  }

  /** The step's name in the timeline. */
  public static String word(NextStep next) {
    if (next instanceof NextStep.Finish finish) {
      return finish.state().wireName();
    }
    if (next instanceof NextStep.Await) {
      return "wait";
    }
    return next instanceof NextStep.Retry ? "retry" : "failover";
  }
}
