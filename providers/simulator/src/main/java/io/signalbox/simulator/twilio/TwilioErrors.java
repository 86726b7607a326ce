package io.signalbox.simulator.twilio;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Failure;
import io.vertx.core.json.JsonObject;

/** Twilio's error answers. */
final class TwilioErrors {
  private TwilioErrors() {}

  static Answer of(int status, int code, String message) {
    return Answer.json(
        status,
        new JsonObject()
            .put("code", code)
            .put("message", message)
            .put("more_info", "https://www.twilio.com/docs/errors/" + code)
            .put("status", status));
  }

  static Answer notFound(String path) {
    return of(404, 20404, "The requested resource " + path + " was not found");
  }

  static Answer of(Failure failure, int retryAfterSeconds) {
    return switch (failure) {
      case ERROR -> of(500, 20500, "Internal Server Error");
      case UNAVAILABLE -> of(503, 20503, "Service Unavailable");
      case TOO_LARGE -> of(413, 20413, "Request Entity Too Large");
      case THROTTLE ->
          of(429, 20429, "Too Many Requests")
              .with("Retry-After", Integer.toString(retryAfterSeconds));
    };
  }
}
