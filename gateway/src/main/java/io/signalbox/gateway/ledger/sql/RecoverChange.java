package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Recovery;
import io.signalbox.gateway.ledger.TakenOver;
import io.signalbox.gateway.ledger.sql.AttemptTable.AttemptKey;
import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Ends the attempts of this node's number that a stop broke off. */
record RecoverChange(long nowMillis) implements Change<RecoverChange.Ended> {
  private static final String MESSAGE = "the gateway stopped while it was under way";

  /** How many attempts were ended, and which notifications were cancelled with them. */
  record Ended(long attempts, List<NotificationId> cancelled) {

    /** Both. */
    Ended and(TakenOver other) {
      List<NotificationId> all = new ArrayList<>(cancelled);
      all.addAll(other.cancelled());
      return new Ended(attempts + other.brokenOff(), all);
    }

    /** What a start wants to know, with what is left to do. */
    Recovery with(DueReader due) throws SQLException {
      return new Recovery(attempts, cancelled, due.open(), due.greatestKey());
    }
  }

  @Override
  public Ended apply(WriteSession session) throws SQLException {
    return end(session, session.node(), nowMillis);
  }

  /** Ends the attempts that a node began, and makes its operations this node's. */
  static Ended end(WriteSession session, int node, long nowMillis) throws SQLException {
    session.operations().takeOver(node, nowMillis);
    List<AttemptKey> brokenOff = session.attemptFinder().underWay(node);
    Foresight foresight = new Foresight();
    brokenOff.forEach(key -> foresight.both(key.notification()));
    session.readAhead(foresight);
    List<NotificationId> cancelled = new ArrayList<>();
    for (AttemptKey key : brokenOff) {
      NotificationId ended =
          BrokenOff.end(session, key, AttemptTable.NODE_STOPPED, MESSAGE, "recovered", nowMillis);
      if (ended != null) {
        cancelled.add(ended);
      }
    }
    return new Ended(brokenOff.size(), cancelled);
  }
}
