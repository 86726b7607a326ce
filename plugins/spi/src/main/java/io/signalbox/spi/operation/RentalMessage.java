package io.signalbox.spi.operation;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that came in at a rented number.
 *
 * @param code the code that it holds, as the provider cut it out; null if it cut out none
 * @param text the message; null if the provider gives the code only
 * @param receivedAt when it came in; null if the provider does not say
 */
public record RentalMessage(
    @Nullable String code, @Nullable String text, @Nullable Instant receivedAt) {

  /**
   * Checks that it says something.
   *
   * @param code {@link #code()}
   * @param text {@link #text()}
   * @param receivedAt {@link #receivedAt()}
   */
  public RentalMessage {
    if (code == null) {
      Objects.requireNonNull(text, "a message has a code, a text or both");
    }
  }

  /** Without code and text, which are secrets. */
  @Override
  public String toString() {
    return "RentalMessage[" + receivedAt + "]";
  }
}
