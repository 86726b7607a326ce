package io.signalbox.toolkit;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MailAddress;
import io.signalbox.spi.MailOptions;
import java.util.List;
import java.util.regex.Pattern;

/** Texts that mail providers have in common. */
public final class MailText {
  private static final Pattern LINE_BREAKS = Pattern.compile("[\\r\\n]+");

  private MailText() {}

  /**
   * {@return the subject: the title on one line, or the notification's type where there is no
   * title, since mail APIs refuse an empty one}
   *
   * @param request the message to deliver
   */
  public static String subject(DeliveryRequest request) {
    String title = request.content().title();
    String subject = title == null || title.isBlank() ? request.notificationType() : title;
    return LINE_BREAKS.matcher(subject).replaceAll(" ").strip();
  }

  /**
   * {@return the addresses that answers go to; empty for the sender's}
   *
   * @param request the message to deliver
   */
  public static List<MailAddress> replyTo(DeliveryRequest request) {
    MailOptions mail = request.mail();
    return mail == null ? List.of() : mail.replyTo();
  }

  /**
   * {@return the same as in a header that an API makes: names in any letters; empty for the
   * sender's}
   *
   * @param request the message to deliver
   */
  public static List<String> replyToFields(DeliveryRequest request) {
    return replyTo(request).stream().map(each -> MailSender.named(each).field()).toList();
  }

  /**
   * {@return the same in ASCII, each on one line, other letters in encoded words}
   *
   * @param request the message to deliver
   */
  public static List<String> asciiReplyToFields(DeliveryRequest request) {
    return replyTo(request).stream().map(each -> MailSender.named(each).asciiField()).toList();
  }
}
