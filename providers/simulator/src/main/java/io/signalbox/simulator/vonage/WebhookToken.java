package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.Hmac;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The bearer token of a webhook of the Messages API: HS256, with the hash of the body. */
final class WebhookToken {
  private static final String HEADER = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

  private final VonageAccount account;
  private final PluginState state;
  private final Hmac hmac;

  WebhookToken(VonageAccount account, PluginState state) {
    this.account = account;
    this.state = state;
    byte[] key = account.signatureSecret().getBytes(StandardCharsets.UTF_8);
    this.hmac = new Hmac("HmacSHA256", key);
  }

  /** The value of the header {@code Authorization}. */
  String of(Buffer body) {
    JsonObject claims =
        new JsonObject()
            .put("iat", state.epochSeconds())
            .put("jti", state.ids().uuid())
            .put("iss", "Vonage")
            .put("payload_hash", Sha256.hex(body.getBytes()))
            .put("api_key", account.apiKey())
            .put("application_id", account.applicationId());
    String signed = HEADER + "." + encoded(claims.encode());
    byte[] signature = hmac.of(signed.getBytes(StandardCharsets.US_ASCII));
    return "Bearer "
        + signed
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
