package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditFilter;
import io.signalbox.gateway.ledger.AuditHead;
import io.signalbox.gateway.ledger.AuditLedger;
import io.signalbox.gateway.ledger.AuditRow;
import io.signalbox.gateway.ledger.AuditVerdict;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  @Override
  public Future<List<AuditRow>> auditPage(AuditFilter filter, long before, int limit) {
    int bounded = Math.min(limit, MAX_PAGE);
    return store.readers().read(session -> session.auditPages().page(filter, before, bounded));
  }

  @Override
  public Future<AuditHead> auditHead() {
    return store
        .readers()
        .read(session -> session.audit().head())
        .compose(
            head ->
                head.map(Future::succeededFuture)
                    .orElseGet(
                        () ->
                            Future.failedFuture(
                                new LedgerUnavailableException(
                                    "the head of the audit log is gone"))));
  }

  @Override
  public Future<AuditVerdict> verifyAudit(@Nullable AuditHead kept) {
    Promise<AuditVerdict> verdict = Promise.promise();
    step(new AuditWalk(kept), verdict);
    return verdict.future();
  }

  private void step(AuditWalk walk, Promise<AuditVerdict> verdict) {
    store
        .readers()
        .read(session -> walk.step(session.audit()))
        .onComplete(
            page -> page.ifPresentOrElse(verdict::complete, () -> step(walk, verdict)),
            verdict::fail);
  }
}
