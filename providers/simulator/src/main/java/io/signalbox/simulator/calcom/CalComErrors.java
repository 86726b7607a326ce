package io.signalbox.simulator.calcom;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Failure;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** Cal.com's answers other than success. */
final class CalComErrors {
  private CalComErrors() {}

  /** The answer to a request that is refused. */
  static Answer of(RefusedException refused, String path, Instant now) {
    return error(refused.status(), refused.code(), refused.sentence(), path, now);
  }

  /** A failure; a rate limit tells in how many seconds its window ends. */
  static Answer of(Failure failure, int retryAfterSeconds, String path, Instant now) {
    return switch (failure) {
      case ERROR -> error(500, "InternalServerErrorException", "Internal server error", path, now);
      case UNAVAILABLE ->
          error(503, "ServiceUnavailableException", "Service unavailable", path, now);
      case TOO_LARGE ->
          error(413, "PayloadTooLargeException", "request entity too large", path, now);
      case THROTTLE ->
          error(429, "TooManyRequestsException", "Too many requests", path, now)
              .with("X-RateLimit-Limit-Default", "120")
              .with("X-RateLimit-Remaining-Default", "0")
              .with("X-RateLimit-Reset-Default", Integer.toString(retryAfterSeconds));
    };
  }

  private static Answer error(int status, String code, String message, String path, Instant now) {
    return Answer.json(
        status,
        new JsonObject()
            .put("status", "error")
            .put("timestamp", SimulatedBooking.time(now))
            .put("path", path)
            .put("error", new JsonObject().put("code", code).put("message", message)));
  }
}
