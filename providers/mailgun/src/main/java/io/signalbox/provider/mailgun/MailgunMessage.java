package io.signalbox.provider.mailgun;

import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.MailSender;
import io.signalbox.toolkit.MailText;
import io.signalbox.toolkit.NotSent;
import io.signalbox.toolkit.Utf8;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is asked of Mailgun: the form of one message to one recipient. */
final class MailgunMessage {
  /** 25 MB in the more lenient reading: what is longer so is longer in every reading. */
  static final int MAX_MESSAGE_BYTES = 25 * 1024 * 1024;

  /** The range of {@code o:deliver-within}. */
  private static final long MIN_WINDOW_MINUTES = 5;

  private static final long MAX_WINDOW_MINUTES = 24 * 60;
  private static final long MINUTES_PER_HOUR = 60;

  private MailgunMessage() {}

  /** What Mailgun would refuse for certain need not travel. */
  static Optional<Outcome> refusal(DeliveryRequest request) {
    if (!(request.recipient() instanceof Recipient.Email)) {
      return NotSent.rejected(
          ReasonClass.INVALID_RECIPIENT, "no_mail_address", "the recipient is no mail address");
    }
    Content content = request.content();
    long bytes =
        Utf8.bytes(MailText.subject(request))
            + Utf8.bytes(content.message())
            + Utf8.bytes(content.html());
    if (bytes > MAX_MESSAGE_BYTES) {
      return NotSent.rejected(
          ReasonClass.INVALID_CONTENT,
          "message_too_large",
          bytes + " bytes, at most " + MAX_MESSAGE_BYTES);
    }
    return Optional.empty();
  }

  /**
   * The form. Our attempt id goes along as a variable that the events echo; no other recipient is
   * ever named, since all recipients of one call share one message id.
   */
  static FormBody form(String from, DeliveryRequest request) {
    FormBody form =
        FormBody.empty()
            .with("from", MailSender.field(from, request))
            .with("to", request.recipient().address())
            .with("subject", MailText.subject(request));
    Content content = request.content();
    if (content.message() != null) {
      form = form.with("text", content.message());
    }
    if (content.html() != null) {
      form = form.with("html", content.html());
    }
    Duration validFor = request.validFor();
    SendOptions options = new SendOptions().add("v:" + Correlation.NAME, request.attemptId());
    // A header of its own: in the one form that every header may have.
    List<String> replyTo = MailText.asciiReplyToFields(request);
    if (!replyTo.isEmpty()) {
      options.add("h:Reply-To", String.join(", ", replyTo));
    }
    if (validFor != null) {
      options.add("o:deliver-within", window(validFor));
    }
    return options.addTags(request.tags()).appendTo(form);
  }

  /** Whole minutes, rounded up, as hours and minutes within Mailgun's range. */
  private static String window(Duration validFor) {
    long asked = validFor.plusMinutes(1).minusNanos(1).toMinutes();
    long minutes = Math.max(MIN_WINDOW_MINUTES, Math.min(asked, MAX_WINDOW_MINUTES));
    return minutes / MINUTES_PER_HOUR + "h" + minutes % MINUTES_PER_HOUR + "m";
  }
}
