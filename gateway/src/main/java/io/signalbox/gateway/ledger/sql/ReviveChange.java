package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.StalledWork;
import io.signalbox.gateway.ledger.sql.AttemptTable.AttemptKey;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Has stalled work done again, where it has not moved on since it was found. */
record ReviveChange(StalledWork found, long beforeMillis, long nowMillis)
    implements Change<StalledWork> {
  private static final String IN_NO_QUEUE = "in_no_queue";
  private static final String MESSAGE = "it was past its deadline and nobody waited for its answer";

  @Override
  public StalledWork apply(WriteSession session) throws SQLException {
    List<AttemptId> ended = new ArrayList<>();
    List<NotificationId> cancelled = new ArrayList<>();
    for (AttemptId id : found.attempts()) {
      // Locked first: another node may be recording the outcome.
      session.notifications().find(id.notification().key());
      AttemptRow attempt = session.attempts().find(id.notification().key(), id.number());
      if (attempt != null && attempt.outcome() == null) {
        AttemptKey key = new AttemptKey(id.notification().key(), id.number());
        String code = AttemptTable.STALLED;
        if (BrokenOff.end(session, key, code, MESSAGE, code, nowMillis) != null) {
          cancelled.add(id.notification());
        }
        ended.add(id);
      }
    }
    List<NotificationId> revived = new ArrayList<>();
    for (NotificationId id : found.notifications()) {
      if (session.notifications().reviveIfLost(id.key(), IN_NO_QUEUE, beforeMillis, nowMillis)) {
        session.events().insert(id.key(), nowMillis, AttemptTable.STALLED, IN_NO_QUEUE);
        revived.add(id);
      }
    }
    return new StalledWork(ended, revived, cancelled);
  }
}
