package io.signalbox.provider.smtp;

import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses in the form that an SMTP command takes. */
final class MailAddress {
  /** RFC 5321 section 4.5.3.1.3, without the angle brackets. */
  private static final int LONGEST = 254;

  private static final Pattern LOCAL = Pattern.compile("[\\x21-\\x7e&&[^<>()\\[\\],;:\\\\\"@]]+");
  private static final Pattern DOMAIN =
      Pattern.compile("[A-Za-z0-9_.-]+|\\[[0-9.]+]|\\[IPv6:[0-9A-Fa-f:.]+]");

  private MailAddress() {}

  /**
   * The address, its domain in ASCII; empty if it is none that can be put into a command.
   * Characters beyond ASCII before the {@code @} need SMTPUTF8, which the client does not speak,
   * and nobody uses quoted ones.
   */
  static Optional<String> of(String text) {
    int at = text.lastIndexOf('@');
    if (at < 1 || !LOCAL.matcher(text.substring(0, at)).matches()) {
      return Optional.empty();
    }
    return ascii(text.substring(at + 1))
        .filter(domain -> DOMAIN.matcher(domain).matches())
        .map(domain -> text.substring(0, at + 1) + domain)
        .filter(address -> address.length() <= LONGEST);
  }

  /** What follows the {@code @}. */
  static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  private static Optional<String> ascii(String domain) {
    try {
      return domain.startsWith("[") ? Optional.of(domain) : Optional.of(IDN.toASCII(domain));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
