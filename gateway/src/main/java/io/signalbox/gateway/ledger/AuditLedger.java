package io.signalbox.gateway.ledger;

import io.vertx.core.Future;
import java.util.List;

/** What administrators did: lines are added, and never changed or taken away. */
public interface AuditLedger {

  /** Adds a line; succeeds when it is durable. */
  Future<Void> audit(AuditEntry entry);

  /**
   * The newest lines, newest first.
   *
   * @param limit 1 to 1000
   */
  Future<List<AuditEntry>> auditTrail(int limit);
}
