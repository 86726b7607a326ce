package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import java.sql.SQLException;
import java.util.List;

/** Records that an attempt begins, unless the caller's knowledge was stale. */
record BeginChange(AttemptStart start) implements Change<Settled> {

  @Override
  public Settled apply(WriteSession session) throws SQLException {
    NotificationRow row = session.notifications().get(start.attempt().notification());
    if (!row.state().isOpen() || row.attempts() != start.attempt().number() - 1) {
      return new Settled(false, row.state());
    }
    SuppressionReason suppressed = SuppressionGuard.against(session, row, start);
    if (suppressed != null) {
      return new Settled(false, row.state(), List.of(), suppressed);
    }
    Steps.begin(session, row, start);
    return new Settled(true, NotificationState.PROCESSING);
  }
}
