package io.signalbox.spi;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a message may ask for that not every plugin can do. A notification that asks for it goes
 * only to providers whose plugin says that it can.
 */
public enum Feature {
  /** Mails go out under the sender that {@link MailOptions} name. */
  SENDER,
  /** Answers to mails go where {@link MailOptions#replyTo()} says, names beside addresses too. */
  REPLY_TO;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /**
   * {@return the feature of a name in the API; empty if there is none}
   *
   * @param wireName such as {@code reply_to}
   */
  public static Optional<Feature> find(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName.equals(wireName)).findFirst();
  }

  /** {@return the name in the API, such as {@code reply_to}} */
  public String wireName() {
    return wireName;
  }
}
