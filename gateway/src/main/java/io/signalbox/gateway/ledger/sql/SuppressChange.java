package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Act;
import io.signalbox.gateway.ledger.AuditValues;
import io.signalbox.gateway.ledger.SuppressionLedger.Listed;
import io.signalbox.gateway.ledger.SuppressionLedger.Wish;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts recipients on the suppression list because a person or an application asks for it.
 *
 * @param act for the audit log; null for none
 */
record SuppressChange(List<Wish> wishes, @Nullable Act act, long nowMillis)
    implements Change<List<Listed>> {

  /** Copies the list. */
  SuppressChange {
    wishes = List.copyOf(wishes);
  }

  @Override
  public List<Listed> apply(WriteSession session) throws SQLException {
    List<Listed> listed = new ArrayList<>(wishes.size());
    for (Wish wish : wishes) {
      // What is asked for now is never older than a removal.
      session.suppressions().add(wish, Long.MAX_VALUE, nowMillis).ifPresent(listed::add);
    }
    if (act != null) {
      session.audit().insert(act.done("suppressions", null, AuditValues.ofListed(listed)));
    }
    return listed;
  }
}
