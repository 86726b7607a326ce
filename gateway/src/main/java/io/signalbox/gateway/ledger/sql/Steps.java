package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.StepRule;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.ledger.StepRule.Standing;
import io.signalbox.gateway.model.NotificationState;
import java.sql.SQLException;

/** Takes steps that the {@link StepRule} allows. */
final class Steps {
  private Steps() {}

  /**
   * Takes a step; returns the state that it leads to.
   *
   * @param cause what the step comes from, for the event that tells of it
   */
  static NotificationState take(
      WriteSession session, NotificationRow row, NextStep next, Cause cause, long nowMillis)
      throws SQLException {
    if (next instanceof NextStep.Attempt attempt) {
      return begin(session, row, attempt.start());
    }
    boolean mayHaveArrived =
        next instanceof NextStep.Unconfirmed
            && session.attemptFinder().anyMayArrive(row.id().key());
    Position position =
        StepRule.position(next, new Standing(row.state(), row.round(), mayHaveArrived));
    session.move(row, position, cause, nowMillis);
    return position.state();
  }

  /**
   * Whether exactly this attempt was begun by this process before, has no end yet, and was not
   * called back: its caller had no answer to the commit.
   */
  static boolean isUnderWay(WriteSession session, NotificationRow row, AttemptStart start)
      throws SQLException {
    return row.attempts() == start.attempt().number()
        && row.state() == during(start)
        && session.attemptFinder().isUnderWay(start, session.node());
  }

  private static NotificationState during(AttemptStart start) {
    return start.confirmation().failover() ? NotificationState.SENT : NotificationState.PROCESSING;
  }

  /**
   * Begins the next attempt; returns the state meanwhile: sent stays sent.
   *
   * @throws IllegalArgumentException if it is not the next one of this notification
   */
  static NotificationState begin(WriteSession session, NotificationRow row, AttemptStart start)
      throws SQLException {
    int number = start.attempt().number();
    if (!start.attempt().notification().equals(row.id()) || number != row.attempts() + 1) {
      throw new IllegalArgumentException(
          start.attempt() + " is not the next attempt of " + row.id());
    }
    Long ranking = session.rankings().store(start.decision().ranking(), start.startedAtMillis());
    session.attempts().insert(start, row.tenant(), ranking);
    NotificationState state = during(start);
    session.notifications().begin(row, state, start);
    return state;
  }
}
