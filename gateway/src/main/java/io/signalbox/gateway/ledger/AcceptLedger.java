package io.signalbox.gateway.ledger;

import io.vertx.core.Future;
import java.util.List;

/**
 * Where notifications are stored before they count as accepted. A Future that succeeds means that
 * they are durable; it completes on the context of its caller, and fails with {@link
 * LedgerUnavailableException} if they cannot be stored now. Thread-safe.
 */
public interface AcceptLedger {

  /** Stores a notification, unless its idempotency key was used before. */
  Future<AcceptResult> accept(AcceptRequest request);

  /** Stores several notifications, each as {@link #accept} would; results in the same order. */
  Future<List<AcceptResult>> acceptAll(List<AcceptRequest> requests);
}
