package io.signalbox.provider.ses;

import io.signalbox.spi.WebhookRequest;
import io.signalbox.testkit.Webhooks;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Posts as SNS does, with a key and a certificate of its own. */
final class SnsSender {
  static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:ses-events";
  static final String CERTIFICATE_URL =
      "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-of-the-test.pem";

  private static final String MESSAGE_ID = "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324";
  private static final PrivateKey KEY = key();

  private SnsSender() {}

  /** A request with a body that is signed: an envelope, or anything else put into one. */
  static WebhookRequest sign(WebhookRequest unsigned, Instant at) {
    JsonObject envelope =
        SnsEnvelope.parse(unsigned.body())
            .map(found -> found.fields().copy())
            .orElseGet(() -> notification(unsigned.body().toString(StandardCharsets.UTF_8)));
    return post(unsigned, signed(envelope.put("TopicArn", TOPIC).put("Timestamp", at.toString())));
  }

  static JsonObject notification(String message) {
    return new JsonObject()
        .put("Type", "Notification")
        .put("MessageId", MESSAGE_ID)
        .put("TopicArn", TOPIC)
        .put("Message", message)
        .put("Timestamp", "2026-01-01T00:00:10Z");
  }

  static JsonObject confirmation(String subscribeUrl) {
    return notification("You have chosen to subscribe.")
        .put("Type", "SubscriptionConfirmation")
        .put("SubscribeURL", subscribeUrl)
        .put("Token", "2336412f37");
  }

  static JsonObject signed(JsonObject envelope) {
    return signed(envelope, "2", "SHA256withRSA", CERTIFICATE_URL);
  }

  static JsonObject signed(
      JsonObject envelope, String version, String algorithm, String certificateUrl) {
    List<String> names =
        "Notification".equals(envelope.getString("Type"))
            ? List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
            : List.of(
                "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      if (envelope.getValue(name) != null) {
        text.append(name).append('\n').append(envelope.getValue(name)).append('\n');
      }
    }
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(KEY);
      signer.update(text.toString().getBytes(StandardCharsets.UTF_8));
      return envelope
          .copy()
          .put("SignatureVersion", version)
          .put("SigningCertURL", certificateUrl)
          .put("Signature", Base64.getEncoder().encodeToString(signer.sign()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static WebhookRequest post(JsonObject envelope, Instant at) {
    return post(Webhooks.unsigned("json", Buffer.buffer(), at), envelope);
  }

  private static WebhookRequest post(WebhookRequest unsigned, JsonObject envelope) {
    return Webhooks.withHeader(
        Webhooks.withBody(unsigned, envelope.toBuffer()),
        "Content-Type",
        "text/plain; charset=UTF-8");
  }

  static String resource(String name) {
    try (InputStream in = SnsSender.class.getResourceAsStream("/sns/" + name)) {
      if (in == null) {
        throw new AssertionError("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PrivateKey key() {
    String base64 = resource("signing_key.pem").replaceAll("-----[A-Z ]+-----", "");
    try {
      return KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
