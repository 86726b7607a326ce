package io.signalbox.gateway.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A list of SHA-256 digests. */
final class Sha256Digests {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private Sha256Digests() {}

  static ValueType<Set<String>> type() {
    return ValueTypes.type(
        "list",
        "SHA-256 digests in hex",
        "must be a list of SHA-256 digests, 64 hexadecimal digits each",
        text -> ValueTypes.list(text, Sha256Digests::digest).map(Set::copyOf));
  }

  private static Optional<String> digest(String text) {
    String lowerCase = text.toLowerCase(Locale.ROOT);
    return DIGEST.matcher(lowerCase).matches() ? Optional.of(lowerCase) : Optional.empty();
  }
}
