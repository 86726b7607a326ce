package io.signalbox.gateway.notification;

import io.signalbox.spi.Channel;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks an address that stands alone, beside the name of its channel. */
public final class ChannelAddress {
  private static final Pattern CHAT = Pattern.compile("-?[1-9][0-9]{0,17}");

  private ChannelAddress() {}

  /** What would be right, as a sentence part that does not hold the text; null if all is well. */
  public static @Nullable String problem(Channel channel, String text) {
    return switch (channel) {
      case EMAIL -> AddressRules.email(text);
      case SMS, WHATSAPP -> text.isEmpty() ? AddressRules.phone("+") : AddressRules.phone(text);
      case TELEGRAM ->
          CHAT.matcher(text).matches() ? null : "must be the number of a chat, such as 123456789";
      case NUMBER, BOOKING -> "must be of a channel that carries messages";
    };
  }
}
