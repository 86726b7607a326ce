package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.ledger.ApiKeyLedger;
import io.signalbox.gateway.ledger.AuditEntry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** API keys in the ledger. */
final class SqlApiKeyLedger implements ApiKeyLedger {
  private final Store store;

  SqlApiKeyLedger(Store store) {
    this.store = store;
  }

  @Override
  public Future<Boolean> addApiKey(ApiKey key, AuditEntry line) {
    return store
        .writer()
        .submit(
            session -> {
              if (session.apiKeys().count(key.tenant()) >= MAX_API_KEYS) {
                return false;
              }
              session.apiKeys().insert(key);
              session.audit().insert(line);
              return true;
            },
            1);
  }

  @Override
  public Future<List<ApiKey>> apiKeys(String tenant) {
    return store.readers().read(session -> session.apiKeys().ofTenant(tenant));
  }

  @Override
  public Future<Optional<ApiKey>> apiKey(String id) {
    return store.readers().read(session -> Optional.ofNullable(session.apiKeys().find(id)));
  }

  @Override
  public Future<Rotation> rotateApiKey(
      String tenant, String id, String hash, @Nullable Long previousUntilMillis, AuditEntry line) {
    return store
        .writer()
        .submit(
            session -> {
              Rotation rotation =
                  session.apiKeys().rotate(tenant, id, hash, previousUntilMillis, line.atMillis());
              if (rotation instanceof Rotation.Done) {
                session.audit().insert(line);
              }
              return rotation;
            },
            1);
  }

  @Override
  public Future<Boolean> removeApiKey(String tenant, String id, AuditEntry line) {
    return store
        .writer()
        .submit(
            session -> {
              boolean removed = session.apiKeys().remove(tenant, id);
              if (removed) {
                session.audit().insert(line);
              }
              return removed;
            },
            1);
  }

  @Override
  public Future<Void> usedApiKey(String id, long atMillis) {
    return store
        .writer()
        .submit(
            session -> {
              session.apiKeys().used(id, atMillis);
              return id;
            },
            1)
        .mapEmpty();
  }
}
