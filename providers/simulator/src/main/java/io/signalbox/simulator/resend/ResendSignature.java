package io.signalbox.simulator.resend;

import io.signalbox.simulator.core.Hmac;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;

/** Signs webhooks in the scheme of Svix. */
final class ResendSignature {
  static final String PREFIX = "whsec_";

  private final Hmac hmac;

  /** Takes the secret with its prefix; the rest is the base64 of the key. */
  ResendSignature(String secret) {
    if (!secret.startsWith(PREFIX)) {
      throw new IllegalArgumentException("the webhook secret must begin with " + PREFIX);
    }
    hmac = new Hmac("HmacSHA256", Base64.getDecoder().decode(secret.substring(PREFIX.length())));
  }

  String of(String id, String timestamp, Buffer body) {
    Buffer signed = Buffer.buffer(id + "." + timestamp + ".").appendBuffer(body);
    return "v1," + Base64.getEncoder().encodeToString(hmac.of(signed.getBytes()));
  }
}
