package io.signalbox.gateway.audit;

import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditFilter;
import io.signalbox.gateway.ledger.AuditHead;
import io.signalbox.gateway.ledger.AuditLedger;
import io.signalbox.gateway.ledger.AuditRow;
import io.signalbox.gateway.ledger.AuditVerdict;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real audit log that is held up, as that of a store that hangs, until it is let go. */
final class HeldAuditLog implements AuditLedger {
  private final AuditLedger log;
  private final Promise<Void> held = Promise.promise();

  HeldAuditLog(AuditLedger log) {
    this.log = log;
  }

  /** Writes what was asked for meanwhile, and holds nothing up any more. */
  void letGo() {
    held.complete();
  }

  @Override
  public Future<Void> audit(AuditEntry entry) {
    return held.future().compose(free -> log.audit(entry));
  }

  @Override
  public Future<List<AuditEntry>> auditTrail(int limit) {
    return log.auditTrail(limit);
  }

  @Override
  public Future<List<AuditRow>> auditPage(AuditFilter filter, long before, int limit) {
    return log.auditPage(filter, before, limit);
  }

  @Override
  public Future<AuditHead> auditHead() {
    return log.auditHead();
  }

  @Override
  public Future<AuditVerdict> verifyAudit(@Nullable AuditHead kept) {
    return log.verifyAudit(kept);
  }
}
