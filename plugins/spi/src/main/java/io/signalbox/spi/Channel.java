package io.signalbox.spi;

import java.util.Locale;
import java.util.Optional;

/**
 * What is asked for. The first four carry messages, the last two are synchronous operations.
 *
 * <p>The {@link #code()} is stored in ledgers and must never change.
 */
public enum Channel {
  /** Mail. */
  EMAIL(0),
  /** Text messages to telephones. */
  SMS(1),
  /** Messages in WhatsApp. */
  WHATSAPP(2),
  /** A bot's messages in Telegram. */
  TELEGRAM(3),
  /** Renting a telephone number. */
  NUMBER(4),
  /** Booking an appointment. */
  BOOKING(5);

  private final int code;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  Channel(int code) {
    this.code = code;
  }

  /** {@return the stable number that ledgers store} */
  public int code() {
    return code;
  }

  /** {@return the lower-case name used in the API, in configuration, in metrics and in logs} */
  public String wireName() {
    return wireName;
  }

  /** {@return whether the channel carries messages, as opposed to operations with a result} */
  public boolean carriesMessages() {
    return code <= TELEGRAM.code;
  }

  /**
   * Finds the channel of a wire name such as {@code "email"}.
   *
   * @param wireName as {@link #wireName()} gives it
   * @return the channel; empty if there is none of that name
   */
  public static Optional<Channel> find(String wireName) {
    for (Channel channel : values()) {
      if (channel.wireName.equals(wireName)) {
        return Optional.of(channel);
      }
    }
    return Optional.empty();
  }

  /**
   * {@return the channel of a stored code}
   *
   * @param code as {@link #code()} gives it
   * @throws IllegalArgumentException if no channel has that code
   */
  public static Channel ofCode(int code) {
    for (Channel channel : values()) {
      if (channel.code == code) {
        return channel;
      }
    }
    throw new IllegalArgumentException("no channel has the code " + code);
  }
}
