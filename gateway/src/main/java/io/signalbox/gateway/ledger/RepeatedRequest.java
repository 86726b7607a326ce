package io.signalbox.gateway.ledger;

import io.vertx.core.buffer.Buffer;

/**
 * A request to accept a notification that may have been made before.
 *
 * @param tenant whose
 * @param key its idempotency key
 * @param digest SHA-256 of what is asked for, see {@link AcceptRequest#requestDigest}
 */
public record RepeatedRequest(String tenant, String key, Buffer digest) {

  /** A request that asks for these bytes. */
  public static RepeatedRequest of(String tenant, String key, Buffer asked) {
    return new RepeatedRequest(tenant, key, Buffer.buffer(Sha256.of(asked.getBytes())));
  }
}
