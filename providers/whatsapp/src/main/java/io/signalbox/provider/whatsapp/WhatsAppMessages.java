package io.signalbox.provider.whatsapp;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.NotSent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of the Cloud API: the JSON of one message, as text or as a template. */
final class WhatsAppMessages {
  static final int MAX_TEXT_CHARACTERS = 4096;

  private final boolean previewUrl;

  WhatsAppMessages(boolean previewUrl) {
    this.previewUrl = previewUrl;
  }

  /**
   * What Meta would refuse for certain need not travel.
   *
   * @param template null for a text
   */
  static Optional<Outcome> refusal(DeliveryRequest request, @Nullable WhatsAppTemplate template) {
    if (!(request.recipient() instanceof Recipient.Phone)) {
      return NotSent.rejected(
          ReasonClass.INVALID_RECIPIENT, "no_phone", "the recipient is no phone number");
    }
    return template == null ? textRefusal(request) : templateRefusal(request, template);
  }

  /** A free text, for recipients who have written within the last 24 hours. */
  JsonObject text(DeliveryRequest request) {
    return message(request, "text")
        .put(
            "text",
            new JsonObject()
                .put("preview_url", previewUrl)
                .put("body", request.content().plainText()));
  }

  /** A template, for everybody. */
  static JsonObject template(DeliveryRequest request, WhatsAppTemplate template) {
    JsonObject json =
        new JsonObject()
            .put("name", template.name())
            .put("language", new JsonObject().put("code", template.language()));
    if (!template.parameters().isEmpty()) {
      JsonArray parameters = new JsonArray();
      template
          .parameters()
          .forEach(
              parameter ->
                  parameters.add(
                      new JsonObject().put("type", "text").put("text", parameter.text(request))));
      JsonObject body = new JsonObject().put("type", "body").put("parameters", parameters);
      json.put("components", new JsonArray().add(body));
    }
    return message(request, "template").put("template", json);
  }

  private static JsonObject message(DeliveryRequest request, String type) {
    String to =
        request.recipient() instanceof Recipient.Phone phone
            ? phone.digits()
            : request.recipient().address();
    return new JsonObject()
        .put("messaging_product", "whatsapp")
        .put("recipient_type", "individual")
        .put("to", to)
        .put("type", type)
        .put("biz_opaque_callback_data", request.attemptId());
  }

  private static Optional<Outcome> textRefusal(DeliveryRequest request) {
    String text = request.content().plainText();
    if (text.isBlank()) {
      return NotSent.rejected(ReasonClass.INVALID_CONTENT, "empty_body", "the message is empty");
    }
    // Counted in code points, the most lenient way: what is longer so is longer in every way.
    int characters = text.codePointCount(0, text.length());
    return characters > MAX_TEXT_CHARACTERS
        ? NotSent.rejected(
            ReasonClass.INVALID_CONTENT,
            "body_too_long",
            characters + " characters, at most " + MAX_TEXT_CHARACTERS)
        : Optional.empty();
  }

  private static Optional<Outcome> templateRefusal(
      DeliveryRequest request, WhatsAppTemplate template) {
    return template.parameters().stream()
        .filter(parameter -> parameter.text(request).isEmpty())
        .findFirst()
        .flatMap(
            missing ->
                NotSent.rejected(
                    ReasonClass.INVALID_CONTENT,
                    "missing_parameter",
                    "the template " + template.name() + " needs " + missing.source()));
  }
}
