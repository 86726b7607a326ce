package io.signalbox.gateway.ledger;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** API keys. Each change is written together with its line of the audit log, or not at all. */
public interface ApiKeyLedger {
  /** How many a tenant may have. */
  int MAX_API_KEYS = 1_000;

  /** Adds one; false if the tenant has as many as it may have. */
  Future<Boolean> addApiKey(ApiKey key, AuditEntry line);

  /** Those of a tenant, in the order in which they were made. */
  Future<List<ApiKey>> apiKeys(String tenant);

  /** The one of that id, of whichever tenant. */
  Future<Optional<ApiKey>> apiKey(String id);

  /**
   * Replaces the secret of one.
   *
   * @param hash of the new key
   * @param previousUntilMillis until when the old one counts too; null: from now on no more
   * @return as it is then; empty if the tenant has none of that id
   */
  Future<Optional<ApiKey>> rotateApiKey(
      String tenant, String id, String hash, @Nullable Long previousUntilMillis, AuditEntry line);

  /** Takes one away; false if the tenant has none of that id. */
  Future<Boolean> removeApiKey(String tenant, String id, AuditEntry line);

  /** Notes that one was used. */
  Future<Void> usedApiKey(String id, long atMillis);
}
