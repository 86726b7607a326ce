package io.signalbox.simulator.mailgun;

import io.signalbox.simulator.core.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Signs webhooks: a time and a token, and not what they are about. */
final class MailgunSignature {
  private final Hmac hmac;

  MailgunSignature(String signingKey) {
    hmac = new Hmac("HmacSHA256", signingKey.getBytes(StandardCharsets.UTF_8));
  }

  String of(String timestamp, String token) {
    byte[] signed = (timestamp + token).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(hmac.of(signed));
  }
}
