package io.signalbox.toolkit.signature;

import io.signalbox.spi.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scheme of Svix and of Standard Webhooks: HMAC-SHA256 over {@code id.timestamp.body}, in
 * headers that begin with {@code svix-} or {@code webhook-}.
 *
 * <p>The signature header is a list, for senders that rotate secrets: one good entry is enough, and
 * entries of another version than {@code v1} are skipped.
 */
public final class StandardWebhooksSignature {
  private static final String SECRET_PREFIX = "whsec_";
  private static final String VERSION_PREFIX = "v1,";
  private static final List<String> HEADER_PREFIXES = List.of("svix-", "webhook-");

  /** More entries than any rotation has; bounds the work that a stranger can ask for. */
  private static final int MAX_SIGNATURES = 16;

  private final HmacKeys keys;
  private final TimestampTolerance tolerance;

  /**
   * Makes a verifier.
   *
   * @param secrets of the form that {@link #isSecret} accepts; a signature under any is good
   * @param tolerance how far the signed time may lie from now
   * @throws IllegalArgumentException if there is no secret, or one is not of that form
   */
  public StandardWebhooksSignature(List<Secret> secrets, TimestampTolerance tolerance) {
    this.keys =
        new HmacKeys(
            HmacAlgorithm.SHA256,
            secrets.stream().map(StandardWebhooksSignature::requireKey).toList());
    this.tolerance = tolerance;
  }

  /**
   * {@return whether the secret is base64, with or without {@code whsec_} before it, and not empty}
   *
   * @param secret of a configuration
   */
  public static boolean isSecret(Secret secret) {
    return key(secret).isPresent();
  }

  /**
   * {@return the id of the message, the same on every repeat; null if the header is missing}
   *
   * @param headers of the webhook
   */
  public static @Nullable String messageId(MultiMap headers) {
    String prefix = prefix(headers);
    return prefix == null ? null : headers.get(prefix + "id");
  }

  /**
   * Checks the signature, and then the time.
   *
   * @param headers of the webhook
   * @param body as it came
   * @param now when the webhook arrived
   * @return genuine, or why not
   */
  public SignatureCheck verify(MultiMap headers, Buffer body, Instant now) {
    String prefix = prefix(headers);
    if (prefix == null) {
      return SignatureCheck.unauthenticated("no signature");
    }
    String id = headers.get(prefix + "id");
    String timestamp = headers.get(prefix + "timestamp");
    String signatures = headers.get(prefix + "signature");
    Optional<Instant> signedAt = TimestampTolerance.parseUnixSeconds(timestamp);
    if (id == null || signatures == null || signedAt.isEmpty()) {
      return SignatureCheck.unauthenticated("no id, or no timestamp in unix seconds");
    }
    byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
    if (!anyMatches(signatures, head, body.getBytes())) {
      return SignatureCheck.unauthenticated("wrong signature");
    }
    return tolerance.check(signedAt.get(), now);
  }

  private boolean anyMatches(String signatures, byte[] head, byte[] body) {
    boolean matched = false;
    for (String entry : signatures.split(" ", MAX_SIGNATURES)) {
      if (entry.startsWith(VERSION_PREFIX)) {
        Optional<byte[]> code =
            SignatureEncoding.BASE64.decode(entry.substring(VERSION_PREFIX.length()));
        matched |= code.isPresent() && keys.match(code.get(), head, body);
      }
    }
    return matched;
  }

  /** The set of header names in use: that of the first signature header found. */
  private static @Nullable String prefix(MultiMap headers) {
    for (String prefix : HEADER_PREFIXES) {
      if (headers.contains(prefix + "signature")) {
        return prefix;
      }
    }
    return null;
  }

  private static byte[] requireKey(Secret secret) {
    return key(secret)
        .orElseThrow(() -> new IllegalArgumentException("the secret is not whsec_ and base64"));
  }

  private static Optional<byte[]> key(Secret secret) {
    String text = secret.reveal();
    String encoded = text.startsWith(SECRET_PREFIX) ? text.substring(SECRET_PREFIX.length()) : text;
    return SignatureEncoding.BASE64.decode(encoded).filter(bytes -> bytes.length > 0);
  }
}
