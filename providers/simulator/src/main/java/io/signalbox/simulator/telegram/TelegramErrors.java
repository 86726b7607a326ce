package io.signalbox.simulator.telegram;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Failure;
import io.vertx.core.json.JsonObject;

/** Telegram's error answers. */
final class TelegramErrors {
  private TelegramErrors() {}

  static Answer of(int code, String description) {
    return Answer.json(code, body(code, description));
  }

  static Answer badRequest(String reason) {
    return of(400, "Bad Request: " + reason);
  }

  static Answer migrated(long newChatId) {
    return Answer.json(
        400,
        body(400, "Bad Request: group chat was upgraded to a supergroup chat")
            .put("parameters", new JsonObject().put("migrate_to_chat_id", newChatId)));
  }

  static Answer blocked() {
    return of(403, "Forbidden: bot was blocked by the user");
  }

  static Answer of(Failure failure, int retryAfterSeconds) {
    return switch (failure) {
      case ERROR -> of(500, "Internal Server Error");
      case UNAVAILABLE -> of(503, "Service Unavailable");
      case TOO_LARGE -> of(413, "Request Entity Too Large");
      case THROTTLE ->
          Answer.json(
                  429,
                  body(429, "Too Many Requests: retry after " + retryAfterSeconds)
                      .put("parameters", new JsonObject().put("retry_after", retryAfterSeconds)))
              .with("Retry-After", Integer.toString(retryAfterSeconds));
    };
  }

  private static JsonObject body(int code, String description) {
    return new JsonObject()
        .put("ok", false)
        .put("error_code", code)
        .put("description", description);
  }
}
