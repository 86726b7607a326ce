package io.signalbox.toolkit;

import io.signalbox.spi.Recipient;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Blots a recipient's address out of texts: providers quote it, and it is personal data. */
public final class RecipientMask {
  private static final String MASK = "(recipient)";

  private RecipientMask() {}

  /**
   * {@return a provider's text without the recipient's address, whichever case it is in, and with
   * or without the plus sign of a number}
   *
   * @param text the provider's; null stays null
   * @param recipient whose address it may hold
   */
  public static @Nullable String masked(@Nullable String text, Recipient recipient) {
    String address = recipient.address();
    String bare = address.startsWith("+") ? address.substring(1) : address;
    return text == null || bare.isEmpty()
        ? text
        : pattern(bare, recipient).matcher(text).replaceAll(MASK);
  }

  private static Pattern pattern(String bare, Recipient recipient) {
    // The number of a chat can be short: as a part of another number it says nothing.
    String end = recipient instanceof Recipient.TelegramChat ? "(?!\\d)" : "";
    String begin = recipient instanceof Recipient.TelegramChat ? "(?<!\\d)" : "\\+?";
    return Pattern.compile(
        begin + Pattern.quote(bare) + end, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
