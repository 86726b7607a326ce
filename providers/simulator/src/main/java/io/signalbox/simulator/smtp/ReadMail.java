package io.signalbox.simulator.smtp;

import io.signalbox.simulator.core.MailHeaders;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A mail's content, decoded.
 *
 * @param messageId of its header, without angle brackets; null if it has none
 * @param reference the sender's own value; null if it has none
 * @param text subject, line feed and first content
 * @param headers what it says of its sender
 */
record ReadMail(
    @Nullable String messageId, @Nullable String reference, String text, MailHeaders headers) {
  private static final String REFERENCE = "X-Signalbox-Attempt";
  private static final int MAX_DEPTH = 10;

  /**
   * Reads a mail.
   *
   * @throws MessagingException if it is none
   */
  static ReadMail of(byte[] content) throws MessagingException, IOException {
    MimeMessage message =
        new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(content));
    String id = message.getMessageID();
    String subject = message.getSubject();
    return new ReadMail(
        id == null ? null : id.replaceAll("^\\s*<|>\\s*$", ""),
        message.getHeader(REFERENCE, null),
        (subject == null ? "" : subject) + "\n" + lines(firstText(message, 0)),
        MailHeaders.of(header(message, "From"), header(message, "Reply-To")));
  }

  private static @Nullable String header(MimeMessage message, String name)
      throws MessagingException {
    String value = message.getHeader(name, ",");
    return value == null ? null : MimeUtility.unfold(value);
  }

  /** Line breaks as applications write them; the last one is the wire's. */
  private static String lines(String text) {
    String lines = text.replace("\r\n", "\n");
    return lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
  }

  private static String firstText(Part part, int depth) throws MessagingException, IOException {
    Object content = part.getContent();
    if (content instanceof Multipart parts && parts.getCount() > 0 && depth < MAX_DEPTH) {
      return firstText(parts.getBodyPart(0), depth + 1);
    }
    return content instanceof String text ? text : "";
  }
}
