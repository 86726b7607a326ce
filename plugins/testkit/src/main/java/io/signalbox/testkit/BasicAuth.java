package io.signalbox.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Values of {@code Authorization} by RFC 7617. */
public final class BasicAuth {
  private BasicAuth() {}

  /** The header that names a user and its password. */
  public static String of(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
