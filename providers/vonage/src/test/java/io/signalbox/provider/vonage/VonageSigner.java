package io.signalbox.provider.vonage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.testkit.Webhooks;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.signature.HmacAlgorithm;
import io.signalbox.toolkit.signature.HmacSignature;
import io.signalbox.toolkit.signature.SignatureEncoding;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Signs webhooks as Vonage does, with HMAC-SHA256. */
final class VonageSigner {
  private final Secret secret;

  VonageSigner(String secret) {
    this.secret = new Secret(secret);
  }

  /** Adds {@code timestamp} and {@code sig} to the parameters of a delivery receipt. */
  WebhookRequest withSig(WebhookRequest unsigned, Instant at) {
    TreeMap<String, String> values =
        new TreeMap<>(SigParameters.of(unsigned).orElseThrow().values());
    values.put("timestamp", Long.toString(at.getEpochSecond()));
    StringBuilder signed = new StringBuilder();
    values.forEach(
        (name, value) ->
            signed
                .append('&')
                .append(name)
                .append('=')
                .append(value.replace('&', '_').replace('=', '_')));
    values.put("sig", hmac(SignatureEncoding.HEX).sign(signed.toString().getBytes(UTF_8)));
    FormBody form = FormBody.empty();
    JsonObject json = new JsonObject();
    for (var entry : values.entrySet()) {
      form = form.with(entry.getKey(), entry.getValue());
      json.put(entry.getKey(), entry.getValue());
    }
    if (unsigned.method().equals("GET")) {
      String query = form.encode();
      return new WebhookRequest(
          "GET",
          Webhooks.URL + "?" + query,
          query,
          unsigned.headers(),
          unsigned.body(),
          unsigned.receivedAt());
    }
    boolean isForm = unsigned.header("Content-Type").contains("form");
    return Webhooks.withBody(unsigned, isForm ? form.toBuffer() : json.toBuffer());
  }

  /** Adds the token that the Messages API sends. */
  WebhookRequest withToken(WebhookRequest unsigned, Instant at) {
    JsonObject claims =
        new JsonObject()
            .put("iat", at.getEpochSecond())
            .put("iss", "Vonage")
            .put("api_key", "abcd1234")
            .put("payload_hash", sha256(unsigned.body()));
    String head =
        base64Url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64Url(claims.encode());
    return Webhooks.withHeader(
        unsigned,
        "Authorization",
        "Bearer " + head + "." + hmac(SignatureEncoding.BASE64URL).sign(head.getBytes(UTF_8)));
  }

  private HmacSignature hmac(SignatureEncoding encoding) {
    return new HmacSignature(HmacAlgorithm.SHA256, encoding, List.of(secret));
  }

  private static String base64Url(String text) {
    return SignatureEncoding.BASE64URL.encode(text.getBytes(UTF_8));
  }

  private static String sha256(Buffer body) {
    try {
      return SignatureEncoding.HEX.encode(
          MessageDigest.getInstance("SHA-256").digest(body.getBytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
