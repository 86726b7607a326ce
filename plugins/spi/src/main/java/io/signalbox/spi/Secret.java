package io.signalbox.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A value that must not be shown: its text form is masked, its comparison takes constant time. */
public final class Secret {
  private final String value;

  /**
   * Wraps a value.
   *
   * @param value what must not be shown
   */
  public Secret(String value) {
    this.value = value;
  }

  /** {@return the value itself} Call it only where it goes on the wire or into a cipher. */
  public String reveal() {
    return value;
  }

  /**
   * {@return whether the candidate is the same text; takes the same time wherever the two differ}
   *
   * @param candidate what somebody presented
   */
  public boolean matches(String candidate) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && matches(secret.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "Secret[masked]";
  }
}
