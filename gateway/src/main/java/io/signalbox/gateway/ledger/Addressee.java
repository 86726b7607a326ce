package io.signalbox.gateway.ledger;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One recipient of a channel in the form in which the suppression list knows it: a mail address in
 * lower case, a number in E.164 form, the number of a chat.
 *
 * @param tenant whose list
 * @param address personal data: never write it to a log
 */
public record Addressee(String tenant, Channel channel, String address) {
  private static final String WHATSAPP_PREFIX = "whatsapp:";
  private static final int FEWEST_DIGITS = 7;
  private static final int MOST_DIGITS = 15;

  /** The recipient of a notification. */
  public static Addressee of(String tenant, Channel channel, Recipient recipient) {
    return new Addressee(tenant, channel, normal(recipient.address()));
  }

  /**
   * The recipient that a provider names in its own words.
   *
   * @param carried the provider's channels; a number means SMS where it carries both SMS and
   *     WhatsApp, unless it says otherwise
   * @param text null if it names none
   * @return empty if the text is no address of these channels
   */
  public static Optional<Addressee> named(
      String tenant, Set<Channel> carried, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    String address = normal(text);
    if (address.startsWith(WHATSAPP_PREFIX)) {
      return number(address.substring(WHATSAPP_PREFIX.length()))
          .filter(number -> carried.contains(Channel.WHATSAPP))
          .map(number -> new Addressee(tenant, Channel.WHATSAPP, number));
    }
    if (carried.contains(Channel.EMAIL) && isMail(address)) {
      return Optional.of(new Addressee(tenant, Channel.EMAIL, address));
    }
    if (carried.contains(Channel.TELEGRAM) && isChat(address)) {
      return Optional.of(new Addressee(tenant, Channel.TELEGRAM, address));
    }
    return number(address).flatMap(number -> ofNumber(tenant, carried, number));
  }

  /** An address as the list holds it. */
  public static String normal(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }

  private static Optional<Addressee> ofNumber(String tenant, Set<Channel> carried, String number) {
    if (carried.contains(Channel.SMS)) {
      return Optional.of(new Addressee(tenant, Channel.SMS, number));
    }
    return carried.contains(Channel.WHATSAPP)
        ? Optional.of(new Addressee(tenant, Channel.WHATSAPP, number))
        : Optional.empty();
  }

  private static boolean isMail(String address) {
    int at = address.indexOf('@');
    return at > 0 && at < address.length() - 1 && address.indexOf(' ') < 0;
  }

  private static boolean isChat(String address) {
    String digits = address.startsWith("-") ? address.substring(1) : address;
    return !digits.isEmpty() && digits.length() < 19 && isDigits(digits);
  }

  private static Optional<String> number(String text) {
    String digits = text.startsWith("+") ? text.substring(1) : text;
    return digits.length() >= FEWEST_DIGITS && digits.length() <= MOST_DIGITS && isDigits(digits)
        ? Optional.of("+" + digits)
        : Optional.empty();
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return "Addressee[" + channel.wireName() + " masked]";
  }
}
