package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;

/**
 * By what requests with the same idempotency key are compared: method, path, query, preconditions
 * and body.
 */
final class Fingerprint {
  private Fingerprint() {}

  /** Of a request whose body is read. */
  static String of(HttpServerRequest request, Buffer body) {
    return hash(request, HexFormat.of().formatHex(Sha256.of(body.getBytes())));
  }

  /**
   * Of a request whose body is too large to be held: by what its header {@code Content-Digest}
   * promises.
   *
   * @throws GatewayException of status 400 if there is a key and no digest
   */
  static String byDigest(HttpServerRequest request) {
    String digest = request.getHeader("content-digest");
    if (digest == null && request.getHeader("idempotency-key") != null) {
      throw new GatewayException(
          400, "with an Idempotency-Key this call needs the header Content-Digest (RFC 9530)");
    }
    return hash(request, digest == null ? "" : digest);
  }

  private static String hash(HttpServerRequest request, String body) {
    String text =
        String.join(
            "\n",
            request.method().name(),
            request.uri(),
            request.headers().getAll(HttpHeaders.IF_MATCH).toString(),
            request.headers().getAll(HttpHeaders.IF_NONE_MATCH).toString(),
            body);
    return HexFormat.of().formatHex(Sha256.of(Buffer.buffer(text).getBytes()));
  }
}
