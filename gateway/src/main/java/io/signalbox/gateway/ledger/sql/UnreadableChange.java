package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.StepRule;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import java.sql.SQLException;
import java.util.List;

/**
 * Takes notifications out of their lane whose content cannot be read: a person must look. Those
 * whose key is not there come again later: it may be on its way to this gateway.
 */
record UnreadableChange(List<Unreadable> found, long nowMillis) implements Change<Long> {
  private static final String REASON = "unreadable";
  private static final long AGAIN_MILLIS = 60_000;

  @Override
  public Long apply(WriteSession session) throws SQLException {
    long moved = 0;
    for (Unreadable one : found) {
      NotificationRow row = session.notifications().find(one.id());
      if (row != null
          && row.attempts() == one.attempts()
          && StepRule.appliesWithoutAttempt(
              row.state(), row.dueAtMillis() > 0, row.state() == NotificationState.SENT)) {
        if (one.keyMissing()) {
          postpone(session, row);
          continue;
        }
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

  private void postpone(WriteSession session, NotificationRow row) throws SQLException {
    if (row.dueAtMillis() > 0) {
      Position later =
          new Position(row.state(), nowMillis + AGAIN_MILLIS, row.round(), row.reason());
      session.notifications().move(row, later, nowMillis);
    }
  }

  /**
   * A notification whose content cannot be read.
   *
   * @param attempts how many it had then
   * @param keyMissing whether it waits for its key
   */
  record Unreadable(NotificationId id, int attempts, boolean keyMissing) {}
}
