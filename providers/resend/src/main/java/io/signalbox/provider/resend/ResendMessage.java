package io.signalbox.provider.resend;

import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.MailSender;
import io.signalbox.toolkit.MailText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Bodies of {@code POST /emails}. */
final class ResendMessage {
  private ResendMessage() {}

  /**
   * The mail of a request, to one recipient, since Resend's events do not say which of several they
   * are about.
   *
   * <p>The tag, which the events echo, names the notification and not the attempt: Resend answers a
   * repeat under the same idempotency key with its first answer only if the mail is the same to the
   * byte.
   */
  static JsonObject of(String from, DeliveryRequest request) {
    Content content = request.content();
    JsonObject body =
        new JsonObject()
            .put("from", MailSender.field(from, request))
            .put("to", new JsonArray().add(request.recipient().address()))
            .put("subject", MailText.subject(request));
    List<String> replyTo = MailText.replyToFields(request);
    if (!replyTo.isEmpty()) {
      body.put("reply_to", new JsonArray(replyTo));
    }
    // A key of another form would make Resend refuse the mail, or tell us nothing when it returns.
    String reference = Correlation.attemptId(request.idempotencyKey());
    if (reference != null) {
      body.put("tags", new JsonArray().add(tag(Correlation.NAME, reference)));
    }
    if (content.message() != null) {
      body.put("text", content.message());
    }
    if (content.html() != null) {
      body.put("html", content.html());
    }
    return body;
  }

  private static JsonObject tag(String name, String value) {
    return new JsonObject().put("name", name).put("value", value);
  }
}
