package io.signalbox.spi;

import java.util.Locale;
import java.util.Optional;

/**
 * What is asked for. The first four carry messages, the last two are synchronous operations.
 *
 * <p>The {@link #code()} is stored in ledgers and must never change.
 */
public enum Channel {
  EMAIL(0),
  SMS(1),
  WHATSAPP(2),
  TELEGRAM(3),
  NUMBER(4),
  BOOKING(5);

  private final int code;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  Channel(int code) {
    this.code = code;
  }

  /** The stable number that ledgers store. */
  public int code() {
    return code;
  }

  /** The lower-case name used in the API, in configuration, in metrics and in logs. */
  public String wireName() {
    return wireName;
  }

  /** Whether the channel carries messages, as opposed to operations with a result. */
  public boolean carriesMessages() {
    return code <= TELEGRAM.code;
  }

  /** Finds the channel of a wire name such as {@code "email"}. */
  public static Optional<Channel> find(String wireName) {
    for (Channel channel : values()) {
      if (channel.wireName.equals(wireName)) {
        return Optional.of(channel);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the channel of a stored code.
   *
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
