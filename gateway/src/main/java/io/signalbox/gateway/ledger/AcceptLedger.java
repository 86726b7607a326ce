package io.signalbox.gateway.ledger;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

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

  /**
   * What became of requests that were stored before, by their idempotency keys; nothing is stored.
   *
   * @return in the same order: {@link AcceptResult.Duplicate} or {@link AcceptResult.KeyReused};
   *     empty where the key was not used, or is forgotten
   */
  Future<List<Optional<AcceptResult>>> earlier(List<RepeatedRequest> requests);
}
