package io.signalbox.gateway.ledger;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What administrators did: lines are added, and never changed. Each has the hash of the one before,
 * so that it shows if somebody changes or takes away one all the same. Thread-safe.
 */
public interface AuditLedger {

  /** Adds a line; succeeds when it is durable. */
  Future<Void> audit(AuditEntry entry);

  /**
   * The newest lines, newest first, without those that the log has of itself.
   *
   * @param limit 1 to 1000
   */
  Future<List<AuditEntry>> auditTrail(int limit);

  /**
   * Lines, newest first.
   *
   * @param before only those with a smaller number; {@link Long#MAX_VALUE} for the first page
   * @param limit 1 to 1000
   */
  Future<List<AuditRow>> auditPage(AuditFilter filter, long before, int limit);

  /** Where the chain ends; fails if that is not written down any more. */
  Future<AuditHead> auditHead();

  /**
   * Reads all lines and checks their chain.
   *
   * @param kept a head that was kept elsewhere; null for none
   */
  Future<AuditVerdict> verifyAudit(@Nullable AuditHead kept);
}
