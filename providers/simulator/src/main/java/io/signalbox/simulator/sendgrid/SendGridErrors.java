package io.signalbox.simulator.sendgrid;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Failure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SendGrid's error answers. */
final class SendGridErrors {
  private static final String HELP =
      "http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html#message.";
  private static final int RATE_LIMIT = 10_000;

  private SendGridErrors() {}

  /** One entry of the list; the help names the field without its indexes. */
  static JsonObject entry(String message, @Nullable String field) {
    String help = null;
    if (field != null && field.startsWith("personalizations.")) {
      help = HELP + field.replaceAll("\\.\\d+", "").replaceAll("\\.email$", "");
    }
    return new JsonObject().put("message", message).put("field", field).put("help", help);
  }

  static Answer of(int status, String message) {
    return of(status, List.of(entry(message, null)));
  }

  static Answer of(int status, List<JsonObject> entries) {
    return Answer.json(status, new JsonObject().put("errors", new JsonArray(List.copyOf(entries))));
  }

  static Answer unauthorized() {
    return of(401, "The provided authorization grant is invalid, expired, or revoked");
  }

  static Answer of(Failure failure, long epochSeconds, int retryAfterSeconds) {
    return switch (failure) {
      case ERROR -> of(500, "internal server error");
      case UNAVAILABLE -> of(503, "service unavailable");
      case TOO_LARGE -> of(413, "The message is larger than 30 MB");
      case THROTTLE ->
          Answer.json(
                  429,
                  new JsonObject()
                      .put(
                          "errors",
                          new JsonArray()
                              .add(
                                  new JsonObject()
                                      .putNull("field")
                                      .put("message", "too many requests"))))
              .with("X-RateLimit-Limit", Integer.toString(RATE_LIMIT))
              .with("X-RateLimit-Remaining", "0")
              .with("X-RateLimit-Reset", Long.toString(epochSeconds + retryAfterSeconds));
    };
  }
}
