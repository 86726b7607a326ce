package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.SuppressionLedger.Listed;
import io.signalbox.gateway.ledger.SuppressionLedger.Wish;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Puts recipients on the suppression list because a person or an application asks for it. */
record SuppressChange(List<Wish> wishes, long nowMillis) implements Change<List<Listed>> {

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
    return listed;
  }
}
