package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.sqlite.AttemptTable.AttemptKey;
import java.sql.SQLException;
import java.util.List;

/** Ends the attempts that a stop broke off. */
record RecoverChange(long nowMillis) implements Change<RecoverChange.Ended> {
  private static final String MESSAGE = "the gateway stopped while it was under way";

  /** How many attempts were ended, and how many notifications were cancelled with them. */
  record Ended(long attempts, long cancelled) {}

  @Override
  public Ended apply(WriteSession session) throws SQLException {
    List<AttemptKey> brokenOff = session.attempts().underWay();
    long cancelled = 0;
    for (AttemptKey key : brokenOff) {
      if (BrokenOff.end(session, key, AttemptTable.NODE_STOPPED, MESSAGE, "recovered", nowMillis)) {
        cancelled++;
      }
    }
    return new Ended(brokenOff.size(), cancelled);
  }
}
