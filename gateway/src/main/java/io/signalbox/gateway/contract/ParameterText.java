package io.signalbox.gateway.contract;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Reads the text of a parameter as what its schema wants, where it can be read so. */
final class ParameterText {
  /** Longer ones are out of all bounds, and dear to read. */
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");

  private ParameterText() {}

  static Object value(JsonObject schema, String text) {
    for (String type : Expectation.types(schema)) {
      switch (type) {
        case "integer", "number" -> {
          if (NUMBER.matcher(text).matches()) {
            return new BigDecimal(text);
          }
        }
        case "boolean" -> {
          if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
          }
        }
        default -> {
          // A text as it is.
        }
      }
    }
    return text;
  }
}
