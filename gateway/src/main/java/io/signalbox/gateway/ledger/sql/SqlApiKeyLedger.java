package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.ledger.ApiKeyLedger;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditValues;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.vertx.core.Future;
import java.sql.SQLException;
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
              session.audit().insert(line.with(null, AuditValues.of(key)));
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
              ApiKey found = session.apiKeys().find(tenant, id);
              if (found == null) {
                return new Rotation.Unknown();
              }
              Rotation rotation =
                  session.apiKeys().rotate(tenant, id, hash, previousUntilMillis, line.atMillis());
              if (rotation instanceof Rotation.Done done) {
                session
                    .audit()
                    .insert(line.with(AuditValues.of(found), AuditValues.of(done.key())));
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
              ApiKey found = session.apiKeys().find(tenant, id);
              if (found == null || !session.apiKeys().remove(tenant, id)) {
                return false;
              }
              forgetCallbacks(session, id, line.atMillis());
              session.audit().insert(line.with(AuditValues.of(found), null));
              return true;
            },
            1);
  }

  /** What told of the key's messages had its text. */
  private static void forgetCallbacks(WriteSession session, String id, long nowMillis)
      throws SQLException {
    List<CallbackEndpoint> found = session.endpoints().ofApiKey(id);
    for (CallbackEndpoint endpoint : found) {
      session.endpointTable().remove(endpoint, nowMillis);
    }
    if (!found.isEmpty()) {
      session.subscriptions().changed();
    }
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
