package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditLedger;
import io.vertx.core.Future;
import java.util.List;

/** The audit log in the ledger. */
final class SqlAuditLedger implements AuditLedger {
  private static final int MAX_PAGE = 1_000;

  private final Store store;

  SqlAuditLedger(Store store) {
    this.store = store;
  }

  @Override
  public Future<Void> audit(AuditEntry entry) {
    return store
        .writer()
        .submit(
            session -> {
              session.audit().insert(entry);
              return entry;
            },
            1)
        .mapEmpty();
  }

  @Override
  public Future<List<AuditEntry>> auditTrail(int limit) {
    int bounded = Math.min(limit, MAX_PAGE);
    return store.readers().read(session -> session.audit().newest(bounded));
  }
}
