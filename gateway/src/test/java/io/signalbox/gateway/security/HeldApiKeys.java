package io.signalbox.gateway.security;

import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.ledger.ApiKeyLedger;
import io.signalbox.gateway.ledger.AuditEntry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real ledger whose answers to reads can be held back, as those of a store that hangs. */
final class HeldApiKeys implements ApiKeyLedger {
  /** How many reads of single keys were asked for. */
  final AtomicInteger reads = new AtomicInteger();

  /** How many of them have their answer, held back or not. */
  final AtomicInteger answered = new AtomicInteger();

  private final ApiKeyLedger ledger;
  private volatile Promise<Void> held = Promise.promise();

  HeldApiKeys(ApiKeyLedger ledger) {
    this.ledger = ledger;
    held.complete();
  }

  /** From now on no read is answered. */
  void hold() {
    held = Promise.promise();
  }

  /** Answers what was asked meanwhile, and what will be. */
  void release() {
    held.complete();
  }

  @Override
  public Future<Optional<ApiKey>> apiKey(String id) {
    reads.incrementAndGet();
    Future<Void> until = held.future();
    return ledger
        .apiKey(id)
        .onComplete(done -> answered.incrementAndGet())
        .compose(found -> until.map(found));
  }

  @Override
  public Future<Boolean> addApiKey(ApiKey key, AuditEntry line) {
    return ledger.addApiKey(key, line);
  }

  @Override
  public Future<List<ApiKey>> apiKeys(String tenant) {
    return ledger.apiKeys(tenant);
  }

  @Override
  public Future<Rotation> rotateApiKey(
      String tenant, String id, String hash, Long previousUntilMillis, AuditEntry line) {
    return ledger.rotateApiKey(tenant, id, hash, previousUntilMillis, line);
  }

  @Override
  public Future<Boolean> removeApiKey(String tenant, String id, AuditEntry line) {
    return ledger.removeApiKey(tenant, id, line);
  }

  @Override
  public Future<Void> usedApiKey(String id, long atMillis) {
    return ledger.usedApiKey(id, atMillis);
  }
}
