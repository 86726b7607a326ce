package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The {@code sig} parameter by HMAC-SHA256. */
final class VonageSignature {
  private final Hmac hmac;

  VonageSignature(String secret) {
    hmac = new Hmac("HmacSHA256", secret.getBytes(StandardCharsets.UTF_8));
  }

  /** Signs these parameters; a {@code sig} among them does not count. */
  String of(Map<String, String> parameters) {
    StringBuilder signed = new StringBuilder();
    new TreeMap<>(parameters)
        .forEach(
            (name, value) -> {
              if (!name.equals("sig")) {
                String plain = value.replace('&', '_').replace('=', '_');
                signed.append('&').append(name).append('=').append(plain);
              }
            });
    return HexFormat.of().formatHex(hmac.of(signed.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
