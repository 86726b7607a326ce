package io.signalbox.gateway.compat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Reads the header {@code Authorization}. Pure functions; never throw. */
public final class Credentials {
  private static final String BASIC = "Basic ";
  private static final String BEARER = "Bearer ";

  private Credentials() {}

  /** Who, and the key. */
  public record Basic(String user, String password) {
    /** Nothing of it. */
    @Override
    public String toString() {
      return "Basic[masked]";
    }
  }

  /** What {@code Basic} says; empty if the header is another or none. */
  public static Optional<Basic> basic(DialectRequest request) {
    return after(request, BASIC).flatMap(Credentials::decoded);
  }

  /** What {@code Bearer} says; empty if the header is another or none. */
  public static Optional<String> bearer(DialectRequest request) {
    return after(request, BEARER);
  }

  private static Optional<String> after(DialectRequest request, String scheme) {
    String header = request.header("authorization");
    return header == null || !header.regionMatches(true, 0, scheme, 0, scheme.length())
        ? Optional.empty()
        : Optional.of(header.substring(scheme.length()).trim());
  }

  private static Optional<Basic> decoded(String text) {
    try {
      String pair = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
