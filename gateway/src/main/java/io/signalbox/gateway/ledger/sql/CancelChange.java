package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Cancellation;
import io.signalbox.gateway.ledger.Cancellation.Kind;
import io.signalbox.gateway.ledger.StepRule;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Calls a notification back. While an attempt is under way that is a wish, which the attempt's end
 * fulfils. Whatever else comes at the same time is applied before or after, so that one of them
 * finds the other done.
 */
record CancelChange(String tenant, NotificationId id, long nowMillis)
    implements Change<Cancellation> {
  private static final String WISHED = "cancel_requested";

  @Override
  public void foresee(Foresight foresight) {
    foresight.notification(id);
    foresight.attempts(id);
  }

  @Override
  public Cancellation apply(WriteSession session) throws SQLException {
    NotificationRow row = find(session);
    if (row == null || !row.tenant().equals(tenant)) {
      return Cancellation.NONE;
    }
    if (row.state() == NotificationState.CANCELLED) {
      return told(row, Kind.REPEATED);
    }
    if (!row.state().isOpen() && row.state() != NotificationState.HELD) {
      return told(row, Kind.TOO_LATE);
    }
    long key = row.id().key();
    AttemptRow last = session.attempts().find(key, row.attempts());
    if (last != null && last.outcome() == null) {
      if (!last.cancelWish()) {
        session.attempts().wishCancel(key, row.attempts(), nowMillis);
        session.events().insert(key, nowMillis, WISHED, null);
      }
      return told(row, Kind.WISHED);
    }
    String reason = StepRule.reasonOfCancel(session.attemptFinder().anyMayArrive(key));
    Position to = new Position(NotificationState.CANCELLED, null, row.round(), reason);
    session.move(row, to, Cause.decision(row, nowMillis), nowMillis);
    session.events().insert(key, nowMillis, NotificationState.CANCELLED.wireName(), reason);
    return new Cancellation(
        Kind.CANCELLED, NotificationState.CANCELLED, reason, row.lane().channel());
  }

  /** By its id, or by another one that leads to it. */
  private @Nullable NotificationRow find(WriteSession session) throws SQLException {
    NotificationRow row = session.notifications().find(id);
    NotificationId leadsTo = row == null ? session.aliases().find(tenant, id) : null;
    return leadsTo == null ? row : session.notifications().find(leadsTo);
  }

  private static Cancellation told(NotificationRow row, Kind kind) {
    return new Cancellation(kind, row.state(), row.reason(), row.lane().channel());
  }
}
