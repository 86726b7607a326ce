package io.signalbox.provider.postmark;

import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.MailSender;
import io.signalbox.toolkit.MailText;
import io.signalbox.toolkit.NotSent;
import io.signalbox.toolkit.Utf8;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Bodies of {@code POST /email}, to one recipient each. */
final class PostmarkMessage {
  /** 5 MB in the more lenient reading: what is longer so is longer in every reading. */
  static final int MAX_BODY_BYTES = 5 * 1024 * 1024;

  private final String from;
  private final String messageStream;

  PostmarkMessage(String from, String messageStream) {
    this.from = from;
    this.messageStream = messageStream;
  }

  /**
   * What Postmark would refuse for certain need not travel. Two texts within their limits are
   * within the limit of 10 MB for the whole message as well.
   */
  static Optional<Outcome> refusal(DeliveryRequest request) {
    if (!(request.recipient() instanceof Recipient.Email)) {
      return NotSent.rejected(
          ReasonClass.INVALID_RECIPIENT, "no_mail_address", "the recipient is no mail address");
    }
    Content content = request.content();
    long longest = Math.max(Utf8.bytes(content.message()), Utf8.bytes(content.html()));
    return longest > MAX_BODY_BYTES
        ? NotSent.rejected(
            ReasonClass.INVALID_CONTENT,
            "body_too_large",
            longest + " bytes, at most " + MAX_BODY_BYTES)
        : Optional.empty();
  }

  /** The mail, with our attempt id among the metadata that webhooks and look-ups show. */
  JsonObject of(DeliveryRequest request) {
    Content content = request.content();
    JsonObject body =
        new JsonObject()
            .put("From", MailSender.field(from, request))
            .put("To", request.recipient().address())
            .put("Subject", MailText.subject(request))
            .put("Tag", Labels.tag(request.tags(), request.notificationType()))
            .put("Metadata", Labels.metadata(request.tags(), request.attemptId()))
            .put("MessageStream", messageStream);
    List<String> replyTo = MailText.replyToFields(request);
    if (!replyTo.isEmpty()) {
      body.put("ReplyTo", String.join(", ", replyTo));
    }
    if (content.message() != null) {
      body.put("TextBody", content.message());
    }
    if (content.html() != null) {
      body.put("HtmlBody", content.html());
    }
    return body;
  }
}
