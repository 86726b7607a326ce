package io.signalbox.spi.operation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * For whom a booking is made. Personal data.
 *
 * @param name how to call the person
 * @param timeZone of the person, as the IANA names it, such as {@code Europe/London}
 * @param email the person's address; null if only the telephone is known
 * @param phone in E.164 form; null if only the address is known
 * @param language two letters of ISO 639-1; null if not known
 */
public record Attendee(
    String name,
    String timeZone,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String language) {

  /**
   * Checks that the person can be reached.
   *
   * @param name {@link #name()}
   * @param timeZone {@link #timeZone()}
   * @param email {@link #email()}
   * @param phone {@link #phone()}
   * @param language {@link #language()}
   */
  public Attendee {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(timeZone, "timeZone");
    if (email == null) {
      Objects.requireNonNull(phone, "an attendee has an email, a phone or both");
    }
  }

  @Override
  public String toString() {
    return "Attendee[masked]";
  }
}
