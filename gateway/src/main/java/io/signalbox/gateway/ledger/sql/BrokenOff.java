package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.StepRule;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.ledger.sql.AttemptTable.AttemptKey;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Ends attempts whose answer nobody waits for any more. Their outcome is unknown; where nothing has
 * settled the notification meanwhile, it becomes due so that its policy for unknown outcomes is
 * applied, or it is cancelled if that was wished for.
 */
final class BrokenOff {
  private BrokenOff() {}

  /**
   * Ends one.
   *
   * @param code why, in a short lower-case word
   * @param message why, in words
   * @param event the word for the timeline
   * @return the notification, if it was cancelled with it; else null
   */
  static @Nullable NotificationId end(
      WriteSession session,
      AttemptKey key,
      String code,
      String message,
      String event,
      long nowMillis)
      throws SQLException {
    // First, and so locked: another node may be recording the outcome.
    NotificationRow row = session.notifications().find(key.notification());
    AttemptRow attempt = session.attempts().find(key.notification(), key.number());
    if (attempt == null || attempt.outcome() != null) {
      return null;
    }
    session.attempts().breakOff(key.notification(), key.number(), code, message, nowMillis);
    if (row == null || row.attempts() != key.number()) {
      return null;
    }
    boolean seeksConfirmation =
        attempt.confirmation() && row.state() == NotificationState.SENT && row.dueAtMillis() == 0;
    if (row.state() != NotificationState.PROCESSING && !seeksConfirmation) {
      return null;
    }
    if (attempt.cancelWish()) {
      String reason = StepRule.CANCELLED_WITH_UNKNOWN_OUTCOME;
      Position to = new Position(NotificationState.CANCELLED, null, row.round(), reason);
      session.move(row, to, Cause.decision(row, nowMillis), nowMillis);
      String word = NotificationState.CANCELLED.wireName();
      session.events().insert(key.notification(), nowMillis, word, reason);
      return row.id();
    }
    session.notifications().revive(row, code, nowMillis);
    session.events().insert(key.notification(), nowMillis, event, code);
    return null;
  }
}
