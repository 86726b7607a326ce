package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.StepRule;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import java.sql.SQLException;
import java.util.List;

/** Takes notifications out of their lane whose content cannot be read: a person must look. */
record UnreadableChange(List<Unreadable> found, long nowMillis) implements Change<Long> {
  private static final String REASON = "unreadable";

  @Override
  public Long apply(WriteSession session) throws SQLException {
    long moved = 0;
    for (Unreadable one : found) {
      NotificationRow row = session.notifications().find(one.id());
      if (row != null
          && row.attempts() == one.attempts()
          && StepRule.appliesWithoutAttempt(
              row.state(), row.dueAtMillis() > 0, row.state() == NotificationState.SENT)) {
        NotificationState end =
            row.state().isOpen() ? NotificationState.DEAD_LETTER : NotificationState.SENT;
        Position dead = new Position(end, null, row.round(), REASON);
        session.move(row, dead, Cause.decision(row, nowMillis), nowMillis);
        session.events().insert(row.id().key(), nowMillis, end.wireName(), REASON);
        moved++;
      }
    }
    return moved;
  }

  /** A notification whose content cannot be read, and how many attempts it had then. */
  record Unreadable(NotificationId id, int attempts) {}
}
