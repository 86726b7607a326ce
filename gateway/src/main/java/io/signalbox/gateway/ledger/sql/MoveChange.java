package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.ledger.StepRule;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import java.sql.SQLException;
import java.util.List;

/** Takes a step without an attempt, unless the caller's knowledge was stale. */
record MoveChange(
    NotificationId id, int attempts, boolean unconfirmed, NextStep next, long nowMillis)
    implements Change<Settled> {

  @Override
  public void foresee(Foresight foresight) {
    foresight.notification(id);
  }

  @Override
  public boolean keepsRows() {
    return true;
  }

  @Override
  public Settled apply(WriteSession session) throws SQLException {
    NotificationRow row = session.notifications().get(id);
    if (row.attempts() != attempts
        || !StepRule.appliesWithoutAttempt(row.state(), row.dueAtMillis() > 0, unconfirmed)) {
      return Settled.overtaken(row.state());
    }
    NotificationState state =
        Steps.take(session, row, next, Cause.decision(row, nowMillis), nowMillis);
    session.events().insertIfNew(id.key(), nowMillis, StepRule.word(next), next.reason());
    return new Settled(true, row.state(), state, next, List.of(), null);
  }
}
