package io.signalbox.gateway.ledger;

import io.vertx.core.Future;

/**
 * The calls of operations in {@code provider_requests}. What succeeds is durable. The attempts that
 * begin something are recorded with their operation instead.
 */
public interface CallLedger {

  /** Records that a call begins, before its first byte leaves. */
  Future<Void> begin(CallStart start);

  /** Records how it ended; changes nothing if that is known already. */
  Future<Void> end(CallEnd end);

  /** Records a call that is over. */
  Future<Void> record(CallStart start, CallEnd end);
}
