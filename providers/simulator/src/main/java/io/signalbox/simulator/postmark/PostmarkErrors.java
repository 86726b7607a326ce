package io.signalbox.simulator.postmark;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Failure;
import io.vertx.core.json.JsonObject;

/** Postmark's error answers. */
final class PostmarkErrors {
  private static final int UNPROCESSABLE = 422;

  private PostmarkErrors() {}

  static Answer of(int status, int code, String message) {
    return Answer.json(status, new JsonObject().put("ErrorCode", code).put("Message", message));
  }

  /** An error of what was asked. */
  static Answer refused(int code, String message) {
    return of(UNPROCESSABLE, code, message);
  }

  static Answer badToken() {
    return of(401, 10, "Request does not contain a valid Server token.");
  }

  static Answer inactive(String address) {
    return refused(
        406,
        "You tried to send to a recipient that has been marked as inactive. Found inactive"
            + " addresses: "
            + address
            + ". Inactive recipients are ones that have generated a hard bounce, a spam complaint,"
            + " or a manual suppression.");
  }

  /** No wait is named anywhere: Postmark documents none. */
  static Answer of(Failure failure) {
    return switch (failure) {
      case ERROR -> Answer.empty(500);
      case UNAVAILABLE -> of(503, 100, "The Postmark API is offline for maintenance.");
      case TOO_LARGE -> refused(300, "The message is larger than 10 MB.");
      case THROTTLE -> of(429, 429, "Rate limit exceeded.");
    };
  }
}
