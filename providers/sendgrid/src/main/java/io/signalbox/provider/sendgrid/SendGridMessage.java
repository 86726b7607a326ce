package io.signalbox.provider.sendgrid;

import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.MailText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Bodies of {@code POST /v3/mail/send}. */
final class SendGridMessage {
  private final JsonObject from;

  SendGridMessage(String address, @Nullable String name) {
    from = new JsonObject().put("email", address);
    if (name != null) {
      from.put("name", name);
    }
  }

  /** The mail of a request, with our attempt id as a custom argument that the events echo. */
  JsonObject of(DeliveryRequest request) {
    JsonObject personalization =
        new JsonObject()
            .put("to", address(request.recipient().address()))
            .put("custom_args", new JsonObject().put(Correlation.NAME, request.attemptId()));
    return new JsonObject()
        .put("personalizations", new JsonArray().add(personalization))
        .put("from", from)
        .put("subject", MailText.subject(request))
        .put("content", content(request.content()));
  }

  /** A mail to the sender itself in sandbox mode: validated, never sent. */
  JsonObject sandboxed() {
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

  private static JsonArray address(String email) {
    return new JsonArray().add(new JsonObject().put("email", email));
  }
}
