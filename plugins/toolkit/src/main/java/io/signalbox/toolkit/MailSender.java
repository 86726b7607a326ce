package io.signalbox.toolkit;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MailAddress;
import io.signalbox.spi.MailOptions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Under whom a mail goes out, or whoever else stands in its head.
 *
 * @param address of the sender
 * @param name beside it; null for none
 */
public record MailSender(String address, @Nullable String name) {
  private static final Pattern NAMED = Pattern.compile("(?s)\\s*(.*?)\\s*<([^<>]*)>\\s*");
  private static final Pattern PLAIN = Pattern.compile("[^\\x00-\\x1f()<>\\[\\]:;@\\\\,.\"\\x7f]+");

  /**
   * {@return the sender of a text as it stands in a {@code From} header}
   *
   * @param text an address, alone or as {@code Name <address>}, the name quoted or not
   */
  public static MailSender parse(String text) {
    Matcher named = NAMED.matcher(text);
    if (!named.matches()) {
      return new MailSender(text.strip(), null);
    }
    String name = named.group(1);
    boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    String shown = quoted ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1") : name;
    return new MailSender(named.group(2).strip(), shown.isEmpty() ? null : shown);
  }

  /**
   * {@return the one of an address}
   *
   * @param address with or without a name
   */
  public static MailSender named(MailAddress address) {
    return new MailSender(address.address(), address.name());
  }

  /**
   * {@return the sender of a request: the one that it asks for, or this one}
   *
   * @param request the mail to deliver
   */
  public MailSender of(DeliveryRequest request) {
    MailOptions mail = request.mail();
    if (mail == null || !mail.asksForSender()) {
      return this;
    }
    String from = mail.fromEmail();
    return new MailSender(from == null ? address : from, mail.fromName());
  }

  /** {@return the value of a {@code From} field for APIs that make the header: in any letters} */
  public String field() {
    if (name == null) {
      return address;
    }
    String shown =
        PLAIN.matcher(name).matches()
            ? name
            : "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    return shown + " <" + address + ">";
  }

  /** {@return the same in ASCII, on one line, other letters in encoded words} */
  public String asciiField() {
    return name == null ? address : HeaderText.nameOnOneLine(name) + " <" + address + ">";
  }

  /**
   * {@return the {@code from} of a request where the configured one is a text: as configured,
   * unless the request asks for another}
   *
   * @param configured an address, alone or as {@code Name <address>}
   * @param request the mail to deliver
   */
  public static String field(String configured, DeliveryRequest request) {
    MailOptions mail = request.mail();
    return mail == null || !mail.asksForSender()
        ? configured
        : parse(configured).of(request).field();
  }

  /** Nothing of it: it may be somebody's address. */
  @Override
  public String toString() {
    return "MailSender[masked]";
  }
}
