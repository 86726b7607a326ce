package io.signalbox.gateway.compat.hooks;

import io.signalbox.gateway.ledger.CallbackSecret;
import io.signalbox.spi.Secret;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as the Standard Webhooks scheme says: HMAC-SHA256 over id, time and body. */
public final class WebhookSigner {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int NEW_BYTES = 32;
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;

  private WebhookSigner() {}

  /** Makes a secret. */
  public static Secret newSecret(SecureRandom random) {
    byte[] key = new byte[NEW_BYTES];
    random.nextBytes(key);
    return new Secret(PREFIX + Base64.getEncoder().encodeToString(key));
  }

  /** Whether a text is a secret of that scheme: whsec_ and 24 to 64 bytes in Base64. */
  public static boolean isSecret(String text) {
    if (!text.startsWith(PREFIX)) {
      return false;
    }
    try {
      int bytes = Base64.getDecoder().decode(text.substring(PREFIX.length())).length;
      return bytes >= LEAST_BYTES && bytes <= MOST_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The header {@code webhook-signature}: one signature for each secret. */
  public static String signatures(
      List<CallbackSecret> secrets, String id, long timestampSeconds, Buffer body) {
    byte[] head = (id + '.' + timestampSeconds + '.').getBytes(StandardCharsets.UTF_8);
    byte[] content = body.getBytes();
    return secrets.stream()
        .map(secret -> "v1," + signature(secret.value(), head, content))
        .collect(Collectors.joining(" "));
  }

  private static String signature(Secret secret, byte[] head, byte[] body) {
    try {
      byte[] key = Base64.getDecoder().decode(secret.reveal().substring(PREFIX.length()));
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(head);
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", e);
    }
  }
}
