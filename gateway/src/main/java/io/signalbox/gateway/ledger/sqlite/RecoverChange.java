package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.sqlite.AttemptTable.AttemptKey;
import java.sql.SQLException;
import java.util.List;

/** Ends the attempts that a stop broke off. */
record RecoverChange(long nowMillis) implements Change<Long> {
  private static final String MESSAGE = "the gateway stopped while it was under way";

  @Override
  public Long apply(WriteSession session) throws SQLException {
    List<AttemptKey> brokenOff = session.attempts().underWay();
    for (AttemptKey key : brokenOff) {
      BrokenOff.end(session, key, AttemptTable.NODE_STOPPED, MESSAGE, "recovered", nowMillis);
    }
    return (long) brokenOff.size();
  }
}
