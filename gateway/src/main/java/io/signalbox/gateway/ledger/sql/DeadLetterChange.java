package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.DeadLetterFilter;
import io.signalbox.gateway.ledger.DeadLettersMoved;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.model.NotificationState;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a person decides about dead letters: to try them again in fresh rounds, or to give them up.
 * Attempts made so far stay, and their count goes on.
 */
record DeadLetterChange(Decision decision, DeadLetterFilter filter, int limit, long nowMillis)
    implements Change<DeadLettersMoved> {
  @Override
  public DeadLettersMoved apply(WriteSession session) throws SQLException {
    List<Long> keys = session.deadLetters().keys(filter, null, limit);
    Map<NotificationState, Long> before = new EnumMap<>(NotificationState.class);
    for (long key : keys) {
      NotificationRow row = session.notifications().find(key);
      if (row != null) {
        session.move(
            row, decision.position(row, nowMillis), Cause.decision(row, nowMillis), nowMillis);
        if (decision == Decision.REPLAY) {
          session.notifications().replayed(key, nowMillis);
        }
        session.events().insert(key, nowMillis, decision.event, null);
        before.merge(row.state(), 1L, Long::sum);
      }
    }
    return new DeadLettersMoved(before);
  }

  /** The two decisions. */
  enum Decision {
    REPLAY("replayed") {
      @Override
      Position position(NotificationRow row, long nowMillis) {
        return new Position(NotificationState.QUEUED, nowMillis, 0, event());
      }
    },
    DISCARD("discarded") {
      @Override
      Position position(NotificationRow row, long nowMillis) {
        return new Position(NotificationState.FAILED, null, row.round(), event());
      }
    };

    private final String event;

    Decision(String event) {
      this.event = event;
    }

    String event() {
      return event;
    }

    abstract Position position(NotificationRow row, long nowMillis);
  }
}
