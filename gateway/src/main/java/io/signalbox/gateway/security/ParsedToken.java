package io.signalbox.gateway.security;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signed token (RFC 7515, compact form) as it came: nothing of it is proven.
 *
 * @param algorithm what it claims to be signed with
 * @param keyId what it calls its key; null if it names none
 * @param claims what it says
 * @param signedText what the signature is over
 * @param signature of it
 */
@SuppressWarnings("ArrayRecordComponent") // Short-lived, and never compared.
record ParsedToken(
    TokenAlgorithm algorithm,
    @Nullable String keyId,
    JsonObject claims,
    byte[] signedText,
    byte[] signature) {

  /**
   * Takes a token apart; empty if it is none, is not signed, or demands what is not understood
   * here. Whatever the header says of where a key could be had is not looked at.
   */
  static Optional<ParsedToken> parse(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3 || parts[2].isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonObject header = json(parts[0]);
      if (header.containsKey("crit")) {
        return Optional.empty();
      }
      byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
      JsonObject claims = json(parts[1]);
      String keyId = header.getString("kid");
      byte[] signedText =
          token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
      return TokenAlgorithm.find(header.getString("alg", ""))
          .map(found -> new ParsedToken(found, keyId, claims, signedText, signature));
    } catch (RuntimeException e) {
      // No Base64, no JSON, or members of unexpected types.
      return Optional.empty();
    }
  }

  private static JsonObject json(String part) {
    return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(part)));
  }
}
