package io.signalbox.simulator.whatsapp;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.PhoneNumber;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a send, and what the API would refuse in it. */
final class OutgoingMessage {
  private static final Pattern RECIPIENT = Pattern.compile("\\+?[0-9]{7,15}");
  private static final Pattern BAD_PARAMETER = Pattern.compile("[\\n\\r\\t]| {5,}");
  private static final int MAX_TEXT = 4096;
  private static final int MAX_REFERENCE = 512;
  private static final String CLOSED_WINDOW = "0003";
  private static final String TEXT = "text";
  private static final String TEMPLATE = "template";

  private final JsonObject body;

  OutgoingMessage(JsonObject body) {
    this.body = body;
  }

  String recipient() {
    String to = Fields.text(body, "to");
    return to == null ? "" : to;
  }

  /** The recipient's id: the digits alone. */
  String userId() {
    return recipient().replace("+", "");
  }

  @Nullable String reference() {
    return Fields.text(body, "biz_opaque_callback_data");
  }

  /** The words that the recipient sees, as far as they are known here. */
  String text() {
    String text = Fields.text(Fields.object(body, TEXT), "body");
    JsonObject template = Fields.object(body, TEMPLATE);
    return text != null ? text : Fields.text(template, "name") + " " + parameters(template);
  }

  boolean isTemplate() {
    return TEMPLATE.equals(Fields.text(body, "type"));
  }

  /** The first reason to refuse this message, if there is one. */
  Optional<Answer> refusal(boolean refuseRecipient) {
    if (!"whatsapp".equals(Fields.text(body, "messaging_product"))) {
      return Optional.of(GraphErrors.invalid("The parameter messaging_product is required."));
    }
    if (recipient().isEmpty()) {
      return Optional.of(GraphErrors.missing("to"));
    }
    String reference = reference();
    if (reference != null && reference.length() > MAX_REFERENCE) {
      return Optional.of(GraphErrors.invalid("biz_opaque_callback_data is too long"));
    }
    Optional<Answer> content = isTemplate() ? templateRefusal() : textRefusal();
    if (content.isPresent()) {
      return content;
    }
    if (refuseRecipient
        || !RECIPIENT.matcher(recipient()).matches()
        || PhoneNumber.isRefused(recipient())) {
      return Optional.of(GraphErrors.undeliverable());
    }
    return !isTemplate() && recipient().endsWith(CLOSED_WINDOW)
        ? Optional.of(GraphErrors.closedWindow())
        : Optional.empty();
  }

  private Optional<Answer> textRefusal() {
    String type = Fields.text(body, "type");
    if (type != null && !type.equals(TEXT)) {
      return Optional.of(
          GraphErrors.of(400, 131051, "Unsupported message type", "Not simulated: " + type));
    }
    String text = Fields.filled(Fields.object(body, TEXT), "body");
    if (text == null) {
      return Optional.of(GraphErrors.missing("text['body']"));
    }
    return text.codePointCount(0, text.length()) > MAX_TEXT
        ? Optional.of(GraphErrors.invalid("text['body'] must be at most 4096 characters long"))
        : Optional.empty();
  }

  private Optional<Answer> templateRefusal() {
    JsonObject template = Fields.object(body, TEMPLATE);
    if (Fields.filled(template, "name") == null) {
      return Optional.of(GraphErrors.missing("template['name']"));
    }
    if (Fields.filled(Fields.object(template, "language"), "code") == null) {
      return Optional.of(GraphErrors.missing("template['language']['code']"));
    }
    JsonArray parameters = parameters(template);
    for (int i = 0; i < parameters.size(); i++) {
      String text =
          parameters.getValue(i) instanceof JsonObject parameter
              ? Fields.filled(parameter, TEXT)
              : null;
      if (text == null) {
        return Optional.of(GraphErrors.missing("components[0]['parameters'][" + i + "]['text']"));
      }
      if (BAD_PARAMETER.matcher(text).find()) {
        return Optional.of(
            GraphErrors.invalid("A parameter cannot have line breaks, tabs or more than 4 spaces"));
      }
    }
    return Optional.empty();
  }

  /** The parameters of the template's body; other components are not looked at. */
  private static JsonArray parameters(JsonObject template) {
    for (Object component : Fields.array(template, "components")) {
      if (component instanceof JsonObject json && "body".equals(Fields.text(json, "type"))) {
        return Fields.array(json, "parameters");
      }
    }
    return new JsonArray();
  }

  @Override
  public String toString() {
    return "OutgoingMessage[masked]";
  }
}
