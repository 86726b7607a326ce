package io.signalbox.simulator.messageapi;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Failure;
import io.vertx.core.json.JsonObject;

/** The error answers: a status, a code and a sentence. */
final class MessageApiErrors {
  private MessageApiErrors() {}

  static Answer of(int status, String code, String message) {
    return Answer.json(
        status,
        new JsonObject().put("error", new JsonObject().put("code", code).put("message", message)));
  }

  static Answer of(Failure failure, int retryAfterSeconds) {
    return switch (failure) {
      case ERROR -> of(500, "internal", "Something went wrong; nothing was sent.");
      case UNAVAILABLE -> of(503, "unavailable", "Try again later; nothing was sent.");
      case TOO_LARGE -> of(413, "too_large", "The body has at most 1 MiB.");
      case THROTTLE ->
          of(429, "too_many_requests", "Send more slowly.")
              .with("Retry-After", Integer.toString(retryAfterSeconds));
    };
  }
}
