package io.signalbox.gateway.compat.twilio;

import io.signalbox.spi.Channel;
import java.util.regex.Pattern;

/**
 * An address as Twilio writes it.
 *
 * @param number without what people put between digits
 */
record TwilioAddress(Channel channel, String number) {
  private static final String WHATSAPP = "whatsapp:";
  private static final Pattern BETWEEN_DIGITS = Pattern.compile("[ ().-]");

  /** Reads it; whether the number is one is seen later. */
  static TwilioAddress of(String text) {
    String bare = text.strip();
    boolean whatsapp = bare.regionMatches(true, 0, WHATSAPP, 0, WHATSAPP.length());
    String number = whatsapp ? bare.substring(WHATSAPP.length()) : bare;
    return new TwilioAddress(
        whatsapp ? Channel.WHATSAPP : Channel.SMS, BETWEEN_DIGITS.matcher(number).replaceAll(""));
  }

  /** The address of a notification. */
  static String text(Channel channel, String number) {
    return channel == Channel.WHATSAPP ? WHATSAPP + number : number;
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "TwilioAddress[masked]";
  }
}
