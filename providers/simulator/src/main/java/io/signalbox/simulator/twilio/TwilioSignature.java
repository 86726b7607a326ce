package io.signalbox.simulator.twilio;

import io.signalbox.simulator.core.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Signs form posts: HMAC-SHA1 over the URL and the parameters in the order of their names. */
final class TwilioSignature {
  private final Hmac hmac;

  TwilioSignature(String authToken) {
    hmac = new Hmac("HmacSHA1", authToken.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes the whole URL without its fragment, and the decoded parameters. */
  String of(String url, Map<String, String> parameters) {
    SortedMap<String, String> sorted = new TreeMap<>(parameters);
    StringBuilder signed = new StringBuilder(url);
    sorted.forEach((name, value) -> signed.append(name).append(value));
    byte[] bytes = signed.toString().getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(hmac.of(bytes));
  }
}
