package io.signalbox.simulator.resend;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Failure;
import io.vertx.core.json.JsonObject;

/** Resend's error answers. */
final class ResendErrors {
  private ResendErrors() {}

  static Answer of(int status, String name, String message) {
    return Answer.json(
        status,
        new JsonObject().put("statusCode", status).put("name", name).put("message", message));
  }

  static Answer missing(String field) {
    return of(422, "missing_required_field", "Missing `" + field + "` field.");
  }

  static Answer invalid(String field, String rule) {
    return of(422, "invalid_parameter", "Invalid `" + field + "` field. " + rule);
  }

  static Answer of(Failure failure, int retryAfterSeconds) {
    return switch (failure) {
      case ERROR ->
          of(500, "internal_server_error", "An unexpected error occurred. Please try again later.");
      case UNAVAILABLE ->
          of(503, "service_unavailable", "The service is unavailable. Please try again later.");
      case TOO_LARGE -> of(413, "validation_error", "The request is too large.");
      case THROTTLE ->
          of(
                  429,
                  "rate_limit_exceeded",
                  "Too many requests. Please limit the number of requests per second.")
              .with("ratelimit-limit", "2")
              .with("ratelimit-remaining", "0")
              .with("ratelimit-reset", Integer.toString(retryAfterSeconds))
              .with("retry-after", Integer.toString(retryAfterSeconds));
    };
  }
}
