package io.signalbox.gateway.config;

import io.signalbox.spi.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a secret is. Its text form is what stands in the configuration, and no secret itself.
 *
 * @param kind of place
 * @param place a variable's name or a file's path
 */
public record SecretReference(Kind kind, String place) {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int MAX_BYTES = 64 << 10;

  /** Where secrets may be. */
  public enum Kind {
    /** In a variable of this process's environment. */
    ENV("env:"),
    /** In a file that holds the secret alone. */
    FILE("file:");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  /** Reads {@code env:NAME} or {@code file:PATH}; empty if the text is neither. */
  public static Optional<SecretReference> parse(String text) {
    for (Kind kind : Kind.values()) {
      String place = text.startsWith(kind.prefix) ? text.substring(kind.prefix.length()) : "";
      if (kind == Kind.FILE ? isPath(place) : VARIABLE.matcher(place).matches()) {
        return Optional.of(new SecretReference(kind, place));
      }
    }
    return Optional.empty();
  }

  /**
   * Reads what is there now, without white space around it; blocks on a file.
   *
   * @throws IOException if nothing is there; the message names the place
   */
  public Secret read() throws IOException {
    String text =
        kind == Kind.FILE ? content() : Optional.ofNullable(System.getenv(place)).orElse("");
    if (text.isBlank()) {
      throw new IOException(this + " holds nothing");
    }
    return new Secret(text.strip());
  }

  private String content() throws IOException {
    Path file = Path.of(place);
    try {
      if (Files.size(file) <= MAX_BYTES) {
        return Files.readString(file, StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new IOException(this + " cannot be read as UTF-8 text", e);
    }
    throw new IOException(this + " is larger than " + MAX_BYTES + " bytes");
  }

  private static boolean isPath(String text) {
    try {
      return !text.isEmpty() && Path.of(text).getNameCount() > 0;
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return kind.prefix + place;
  }
}
