package io.signalbox.gateway.model;

import java.util.Optional;

/**
 * The id of one attempt: the notification's id and the number of the try.
 *
 * <p>Its text form, the one that providers echo, has at most 40 characters of {@code 0-9 a-f -}.
 *
 * @param notification what was tried
 * @param number counts from 1
 */
public record AttemptId(NotificationId notification, int number) {
  /** The greatest number of attempts that one notification can have. */
  public static final int MAX_NUMBER = 999;

  private static final int UUID_CHARACTERS = 36;

  /** Checks the number. */
  public AttemptId {
    if (number < 1 || number > MAX_NUMBER) {
      throw new IllegalArgumentException("an attempt's number is 1 to 999, was " + number);
    }
  }

  /** Reads the text form; empty if it is none. */
  public static Optional<AttemptId> parse(String text) {
    if (text.length() < UUID_CHARACTERS + 2
        || text.length() > UUID_CHARACTERS + 4
        || text.charAt(UUID_CHARACTERS) != '-') {
      return Optional.empty();
    }
    int number = 0;
    for (int i = UUID_CHARACTERS + 1; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return Optional.empty();
      }
      number = number * 10 + digit;
    }
    if (number < 1) {
      return Optional.empty();
    }
    int checked = number;
    return NotificationId.parse(text.substring(0, UUID_CHARACTERS))
        .map(id -> new AttemptId(id, checked));
  }

  @Override
  public String toString() {
    return notification + "-" + number;
  }
}
