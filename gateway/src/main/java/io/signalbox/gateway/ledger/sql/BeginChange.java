package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import java.sql.SQLException;
import java.util.List;

/** Records that an attempt begins, unless the caller's knowledge was stale. */
record BeginChange(AttemptStart start) implements Change<Settled> {
  private static final String FAILOVER = "confirmation_failover";

  @Override
  public void foresee(Foresight foresight) {
    foresight.notification(start.attempt().notification());
  }

  @Override
  public boolean keepsRows() {
    return true;
  }

  @Override
  public Settled apply(WriteSession session) throws SQLException {
    NotificationRow row = session.notifications().get(start.attempt().notification());
    if (row.attempts() != start.attempt().number() - 1 || !mayBegin(session, row)) {
      return Settled.overtaken(row.state());
    }
    SuppressionReason suppressed = SuppressionGuard.against(session, row, start);
    if (suppressed != null) {
      return Settled.suppressed(row.state(), row.state(), List.of(), suppressed);
    }
    if (start.confirmation().failover()) {
      String from = String.valueOf(row.lastProvider());
      session.events().insert(row.id().key(), start.startedAtMillis(), FAILOVER, from);
    }
    NotificationState state = Steps.begin(session, row, start);
    return Settled.begun(row.state(), state);
  }

  /** What is sent may be tried again only while its confirmation is due and nobody tries. */
  private boolean mayBegin(WriteSession session, NotificationRow row) throws SQLException {
    if (!start.confirmation().failover()) {
      return row.state().isOpen();
    }
    AttemptRow last = session.attempts().find(row.id().key(), row.attempts());
    return row.state() == NotificationState.SENT
        && row.dueAtMillis() > 0
        && last != null
        && last.outcome() != null;
  }
}
