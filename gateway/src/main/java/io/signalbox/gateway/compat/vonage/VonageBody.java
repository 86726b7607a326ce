package io.signalbox.gateway.compat.vonage;

import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.FormFields;
import io.signalbox.gateway.compat.JsonFields;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.RefusedException;
import io.vertx.core.json.JsonObject;

/** Reads requests of the SMS API, which are forms or JSON. */
final class VonageBody {
  private VonageBody() {}

  /**
   * The parameters: texts where they are numbers or flags too, as in a form.
   *
   * @throws RefusedException if they are neither
   */
  static JsonObject read(DialectRequest request) {
    if (FormFields.isForm(request)) {
      return FormFields.of(request).json();
    }
    if (!(JsonFields.body(request.body()) instanceof JsonObject json)) {
      throw new RefusedException(new Refusal(400, "the body must be an object"));
    }
    JsonObject texts = new JsonObject();
    json.forEach(
        each -> {
          Object value = each.getValue();
          texts.put(
              each.getKey(),
              value instanceof Number || value instanceof Boolean ? value.toString() : value);
        });
    return texts;
  }
}
