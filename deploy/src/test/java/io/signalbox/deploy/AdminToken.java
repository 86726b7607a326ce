package io.signalbox.deploy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A token as the OpenAPI document describes it, signed by the test itself with the gateway's key: a
 * process for each would take longer than many a test. The command that makes tokens is tested
 * where other roles are wanted.
 */
final class AdminToken {
  private static final long VALID_SECONDS = 3_600;

  private AdminToken() {}

  /** One for the gateway that keeps its data there, and has started. */
  static String of(Path dataDir) {
    JsonObject claims =
        new JsonObject()
            .put("iss", "signalbox")
            .put("sub", "process-test")
            .put("exp", Clock.systemUTC().instant().getEpochSecond() + VALID_SECONDS)
            .put("roles", new JsonArray().add("admin"));
    String text =
        base64(new JsonObject().put("alg", "HS256").put("typ", "JWT").encode())
            + "."
            + base64(claims.encode());
    try {
      String key = Files.readString(dataDir.resolve("jwt.key")).strip();
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JVM knows HMAC-SHA-256", e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
