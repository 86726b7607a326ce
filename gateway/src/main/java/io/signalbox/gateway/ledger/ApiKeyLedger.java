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
   * @param previousUntilMillis until when the old one counts too; null: from now on no more, and
   *     neither does one that was replaced before
   * @param line its time is the time of the change
   */
  Future<Rotation> rotateApiKey(
      String tenant, String id, String hash, @Nullable Long previousUntilMillis, AuditEntry line);

  /** Takes one away; false if the tenant has none of that id. */
  Future<Boolean> removeApiKey(String tenant, String id, AuditEntry line);

  /** Notes that one was used. */
  Future<Void> usedApiKey(String id, long atMillis);

  /** What became of a rotation. */
  sealed interface Rotation {
    /** The key as it is now. */
    record Done(ApiKey key) implements Rotation {}

    /** The tenant has none of that id. */
    record Unknown() implements Rotation {}

    /**
     * Nothing was changed: a key that was replaced still counts, and would have ended. It may be
     * the one in use, if nobody saw what replaced it.
     *
     * @param untilMillis from then on it ends anyway
     */
    record Overlapping(long untilMillis) implements Rotation {}
  }
}
