package io.signalbox.deploy;

import io.signalbox.deploy.ApiClient.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** SendGrid's Event Webhook as its documents describe it, signed with a key of the test's own. */
final class SignedEvents {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final String KEY_LINE = "  webhook_public_key: ";

  private final KeyPair keys;

  SignedEvents() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A body with its signature. */
  record Signed(String body, Map<String, String> headers, int events) {

    /** The answer of a gateway. */
    Answer post(ApiClient client) {
      return client.call("POST", "/webhooks/sendgrid", body, headers);
    }
  }

  /** Lets a provider file take this key beside the one that it has, as during a rotation. */
  void addKeyTo(Path providerFile) {
    String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    try {
      List<String> lines =
          Files.readAllLines(providerFile).stream()
              .map(
                  line ->
                      line.startsWith(KEY_LINE)
                          ? KEY_LINE
                              + "["
                              + line.substring(KEY_LINE.length())
                              + ", \""
                              + key
                              + "\"]"
                          : line)
              .toList();
      Files.write(providerFile, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One event about the first attempt of a notification. */
  static JsonObject event(String notification, String eventId, String type) {
    JsonObject event =
        new JsonObject()
            .put("email", "user@example.com")
            .put("timestamp", CLOCK.instant().getEpochSecond())
            .put("event", type)
            .put("sg_event_id", eventId)
            .put("signalbox_attempt", notification + "-1");
    if (type.equals("bounce")) {
      event.put("type", "blocked").put("status", "5.7.1").put("reason", "550 5.7.1 not today");
    }
    return event;
  }

  Signed sign(List<JsonObject> events) {
    String body = new JsonArray(events).encode();
    String timestamp = Long.toString(CLOCK.instant().getEpochSecond());
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update((timestamp + body).getBytes(StandardCharsets.UTF_8));
      return new Signed(
          body,
          Map.of(
              "Content-Type",
              "application/json",
              "X-Twilio-Email-Event-Webhook-Timestamp",
              timestamp,
              "X-Twilio-Email-Event-Webhook-Signature",
              Base64.getEncoder().encodeToString(signature.sign())),
          events.size());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
