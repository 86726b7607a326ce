package io.signalbox.gateway.api;

import io.signalbox.gateway.ledger.RepeatedRequest;
import io.signalbox.gateway.ledger.Sha256;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * By what a request with an idempotency key is known, as a whole and each of its notifications: the
 * key of one is that of the request and its index. A repetition is one if the bytes of the whole
 * request are the same: times may be told from now on. Pure.
 */
final class CompatKeys {
  /** No header carries it: no key of a dialect is ever one of the gateway's own API. */
  private static final char SEPARATOR = '\u001f';

  private final String tenant;
  private final String prefix;
  private final Buffer digest;

  private CompatKeys(String tenant, String prefix, Buffer digest) {
    this.tenant = tenant;
    this.prefix = prefix;
    this.digest = digest;
  }

  /** Those of a request; null if it has no key. */
  static @Nullable CompatKeys of(CompatIntake.Task task) {
    String key = task.asked().idempotencyKey();
    return key == null
        ? null
        : new CompatKeys(
            task.caller().tenant(),
            task.dialect().name() + SEPARATOR + key + SEPARATOR,
            Buffer.buffer(Sha256.of(task.body().getBytes())));
  }

  /** By what the whole request is known. */
  RepeatedRequest whole() {
    return new RepeatedRequest(tenant, prefix, digest);
  }

  /** The key of the notification at an index. */
  String key(int index) {
    return prefix + index;
  }

  /** SHA-256 of what it asks for. */
  Buffer digest(int index) {
    return Buffer.buffer(Sha256.of(digest.copy().appendInt(index).getBytes()));
  }

  /** By what it is found if it was stored before. */
  RepeatedRequest request(int index) {
    return new RepeatedRequest(tenant, key(index), digest(index));
  }
}
