package io.signalbox.provider.sendgrid;

import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MailAddress;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.MailSender;
import io.signalbox.toolkit.MailText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of {@code POST /v3/mail/send}. */
final class SendGridMessage {
  private final MailSender sender;

  SendGridMessage(String address, @Nullable String name) {
    sender = new MailSender(address, name);
  }

  /** The mail of a request, with our attempt id as a custom argument that the events echo. */
  JsonObject of(DeliveryRequest request) {
    JsonObject personalization =
        new JsonObject()
            .put("to", address(request.recipient().address()))
            .put("custom_args", new JsonObject().put(Correlation.NAME, request.attemptId()));
    JsonObject mail =
        new JsonObject()
            .put("personalizations", new JsonArray().add(personalization))
            .put("from", from(sender.of(request)))
            .put("subject", MailText.subject(request))
            .put("content", content(request.content()));
    List<MailAddress> replyTo = MailText.replyTo(request);
    if (replyTo.size() == 1) {
      mail.put("reply_to", named(replyTo.get(0)));
    } else if (!replyTo.isEmpty()) {
      JsonArray list = new JsonArray();
      replyTo.forEach(address -> list.add(named(address)));
      mail.put("reply_to_list", list);
    }
    return mail;
  }

  /** A mail to the sender itself in sandbox mode: validated, never sent. */
  JsonObject sandboxed() {
    JsonObject from = from(sender);
    JsonObject personalization = new JsonObject().put("to", new JsonArray().add(from));
    JsonObject sandbox = new JsonObject().put("sandbox_mode", new JsonObject().put("enable", true));
    return new JsonObject()
        .put("personalizations", new JsonArray().add(personalization))
        .put("from", from)
        .put("subject", "Signalbox check")
        .put("content", new JsonArray().add(part("text/plain", "Signalbox check")))
        .put("mail_settings", sandbox);
  }

  private static JsonArray content(Content content) {
    JsonArray parts = new JsonArray();
    if (content.message() != null) {
      parts.add(part("text/plain", content.message()));
    }
    if (content.html() != null) {
      parts.add(part("text/html", content.html()));
    }
    return parts;
  }

  private static JsonObject part(String type, String value) {
    return new JsonObject().put("type", type).put("value", value);
  }

  private static JsonObject from(MailSender sender) {
    return named(new MailAddress(sender.address(), sender.name()));
  }

  private static JsonObject named(MailAddress address) {
    JsonObject email = email(address.address());
    return address.name() == null ? email : email.put("name", address.name());
  }

  private static JsonArray address(String email) {
    return new JsonArray().add(email(email));
  }

  private static JsonObject email(String address) {
    return new JsonObject().put("email", address);
  }
}
