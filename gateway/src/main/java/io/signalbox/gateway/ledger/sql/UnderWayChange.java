package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AttemptStart;
import java.sql.SQLException;

/**
 * Tells whether an attempt that this process began is under way. It changes nothing; among the
 * changes it comes after an earlier transaction of this process, also one whose commit had no
 * answer, has ended one way or the other.
 */
record UnderWayChange(AttemptStart start) implements Change<Boolean> {

  @Override
  public void foresee(Foresight foresight) {
    foresight.notification(start.attempt().notification());
  }

  @Override
  public boolean keepsRows() {
    return true;
  }

  @Override
  public Boolean apply(WriteSession session) throws SQLException {
    NotificationRow row = session.notifications().get(start.attempt().notification());
    return Steps.isUnderWay(session, row, start);
  }
}
