package io.signalbox.gateway.compat.telegram;

import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.Refusal.Mistake;
import io.vertx.core.json.JsonObject;

/** Answers of the Bot API: {@code ok}, and what is or why not. */
final class TelegramErrors {
  /** A text has too many characters. */
  static final String TOO_LONG = "is too long";

  private TelegramErrors() {}

  static DialectAnswer ok(JsonObject result) {
    return DialectAnswer.json(200, new JsonObject().put("ok", true).put("result", result));
  }

  static DialectAnswer answer(Refusal refusal) {
    String detail = refusal.first().text();
    return switch (refusal.status()) {
      case 401 -> error(401, "Unauthorized: " + detail);
      case 403 -> error(403, "Forbidden: " + detail);
      case 404 -> error(404, "Not Found: " + detail);
      case 405 -> error(405, "Method Not Allowed: " + detail);
      case 413 -> error(413, "Request Entity Too Large: " + detail);
      case 422 -> error(400, "Bad Request: " + words(refusal.first()));
      case 429 -> throttled(refusal, detail);
      case 500 -> error(500, "Internal Server Error: " + detail);
      case 503 -> error(503, "Service Unavailable: " + detail).retryAfter(refusal);
      default -> error(refusal.status(), "Bad Request: " + detail);
    };
  }

  /** Telegram's own words where it has any. */
  private static String words(Mistake mistake) {
    if (mistake.isMissing()) {
      return mistake.field().equals(TelegramFields.TEXT)
          ? "message text is empty"
          : mistake.field() + " is empty";
    }
    return mistake.field().equals(TelegramFields.TEXT) && mistake.detail().equals(TOO_LONG)
        ? "message is too long"
        : mistake.text();
  }

  private static DialectAnswer throttled(Refusal refusal, String detail) {
    long seconds = Math.max(1, refusal.retryAfterSeconds());
    JsonObject body =
        json(429, "Too Many Requests: retry after " + seconds + " (" + detail + ")")
            .put("parameters", new JsonObject().put("retry_after", seconds));
    return DialectAnswer.json(429, body).with("retry-after", Long.toString(seconds));
  }

  private static DialectAnswer error(int status, String description) {
    return DialectAnswer.json(status, json(status, description));
  }

  private static JsonObject json(int status, String description) {
    return new JsonObject()
        .put("ok", false)
        .put("error_code", status)
        .put("description", description);
  }
}
