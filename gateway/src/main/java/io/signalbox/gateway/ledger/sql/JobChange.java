package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Job;
import io.signalbox.gateway.ledger.NotOurJobException;
import java.sql.SQLException;

/** A change that belongs to a job: refused if another node does it by now. */
record JobChange<T>(Job job, Change<T> change) implements Change<T> {

  @Override
  public T apply(WriteSession session) throws SQLException {
    if (!session.leases().isOurs(job)) {
      throw new Refused(new NotOurJobException(job));
    }
    return change.apply(session);
  }
}
