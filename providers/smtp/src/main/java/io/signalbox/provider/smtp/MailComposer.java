package io.signalbox.provider.smtp;

import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.toolkit.HeaderText;
import io.signalbox.toolkit.MailSender;
import io.signalbox.toolkit.MailText;
import io.signalbox.toolkit.Utf8;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes mails of requests. */
final class MailComposer {
  /** The header that carries our attempt, for those who read logs and bounces. */
  static final String ATTEMPT_HEADER = "X-Signalbox-Attempt";

  private final SmtpConfig config;

  MailComposer(SmtpConfig config) {
    this.config = config;
  }

  /**
   * The mail, as multipart/alternative where there are text and HTML.
   *
   * @param recipient in the form that a command takes
   */
  OutgoingMail mail(DeliveryRequest request, String recipient) {
    MailSender sender = new MailSender(config.from(), config.fromName()).of(request);
    List<String> replyTo =
        MailText.replyTo(request).stream().map(each -> field(MailSender.named(each))).toList();
    OutgoingMail mail = new OutgoingMail();
    mail.setBounceAddress(config.envelopeFrom());
    mail.setFrom(sender.address());
    mail.setTo(recipient);
    mail.setText(lines(request.content().message()));
    mail.setHtml(lines(request.content().html()));
    mail.addHeader("From", field(sender));
    if (!replyTo.isEmpty()) {
      mail.addHeader("Reply-To", String.join(",\r\n ", replyTo));
    }
    mail.addHeader("Subject", HeaderText.text(MailText.subject(request)));
    mail.addHeader("Message-ID", "<" + messageId(request) + ">");
    mail.addHeader(ATTEMPT_HEADER, request.attemptId());
    return mail;
  }

  /**
   * Our id of the message, without angle brackets. The same for all attempts of one notification:
   * many mailboxes keep only one mail of an id, which hides a repeat after an unknown outcome.
   */
  String messageId(DeliveryRequest request) {
    return request.idempotencyKey() + "@" + MailAddress.domain(config.from());
  }

  /** Bytes of all texts before they are encoded. */
  static long size(DeliveryRequest request) {
    Content content = request.content();
    return Utf8.bytes(content.title()) + Utf8.bytes(content.message()) + Utf8.bytes(content.html());
  }

  private static String field(MailSender sender) {
    return sender.name() == null
        ? sender.address()
        : HeaderText.name(sender.name()) + " <" + sender.address() + ">";
  }

  /** The client knows line feeds only, and would encode a carriage return. */
  private static @Nullable String lines(@Nullable String text) {
    return text == null ? null : text.replace("\r\n", "\n").replace('\r', '\n');
  }
}
