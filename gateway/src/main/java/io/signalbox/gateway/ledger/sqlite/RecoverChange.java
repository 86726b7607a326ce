package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.sqlite.AttemptTable.AttemptKey;
import java.sql.SQLException;
import java.util.List;

/**
 * Ends the attempts that a stop broke off. Their outcome is unknown; where nothing has settled the
 * notification meanwhile, it becomes due so that its policy for unknown outcomes is applied.
 */
record RecoverChange(long nowMillis) implements Change<Long> {

  @Override
  public Long apply(WriteSession session) throws SQLException {
    List<AttemptKey> brokenOff = session.attempts().underWay();
    for (AttemptKey key : brokenOff) {
      session.attempts().breakOff(key.notification(), key.number(), nowMillis);
      String reason = AttemptTable.NODE_STOPPED;
      if (session.notifications().revive(key.notification(), key.number(), reason, nowMillis)) {
        session.events().insert(key.notification(), nowMillis, "recovered", reason);
      }
    }
    return (long) brokenOff.size();
  }
}
