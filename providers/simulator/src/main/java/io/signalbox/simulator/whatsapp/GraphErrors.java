package io.signalbox.simulator.whatsapp;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Failure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The error answers of the Graph API. */
final class GraphErrors {
  private static final int SECONDS_PER_MINUTE = 60;

  private GraphErrors() {}

  static Answer of(int status, int code, String title, String details) {
    JsonObject error =
        new JsonObject()
            .put("message", "(#" + code + ") " + title)
            .put("type", "OAuthException")
            .put("code", code)
            .put(
                "error_data",
                new JsonObject().put("messaging_product", "whatsapp").put("details", details))
            .put("fbtrace_id", "Az8or2yhqkZfEZ-_4Qn_Bam");
    return Answer.json(status, new JsonObject().put("error", error));
  }

  static Answer missing(String parameter) {
    return of(
        400, 131008, "Required parameter is missing", "Parameter " + parameter + " is required");
  }

  static Answer invalid(String details) {
    return of(400, 100, "Invalid parameter", details);
  }

  static Answer undeliverable() {
    return of(400, 131026, "Message undeliverable", "Message Undeliverable.");
  }

  static Answer closedWindow() {
    return of(
        400,
        131047,
        "Re-engagement message",
        "More than 24 hours have passed since the recipient last replied to the sender number");
  }

  static Answer badToken() {
    return of(401, 190, "Invalid OAuth access token", "Cannot parse access token");
  }

  /** Also the answer for a number that is another business's. */
  static Answer noSuchObject() {
    return of(400, 100, "Unsupported request", "The object does not exist or is not yours");
  }

  static Answer of(Failure failure, String phoneNumberId, int retryAfterSeconds) {
    return switch (failure) {
      case ERROR -> of(500, 131000, "Something went wrong", "Message failed to send");
      case UNAVAILABLE -> of(503, 2, "Service temporarily unavailable", "Try again later");
      case TOO_LARGE -> invalid("The request is too large");
      case THROTTLE ->
          of(400, 130429, "Rate limit hit", "Too many messages sent from this phone number")
              .with("X-Business-Use-Case-Usage", usage(phoneNumberId, retryAfterSeconds));
    };
  }

  /** There is no Retry-After; the report counts in whole minutes. */
  private static String usage(String phoneNumberId, int retryAfterSeconds) {
    JsonObject use =
        new JsonObject()
            .put("type", "whatsapp")
            .put("call_count", 100)
            .put("total_cputime", 25)
            .put("total_time", 25)
            .put("estimated_time_to_regain_access", retryAfterSeconds / SECONDS_PER_MINUTE);
    return new JsonObject().put(phoneNumberId, new JsonArray().add(use)).encode();
  }
}
