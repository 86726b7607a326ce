package io.signalbox.gateway.compat.vonage;

import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.Refusal.Mistake;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Refusals as the Messages API tells its own: RFC 7807, with {@code invalid_parameters}. */
final class MessagesErrors {
  private static final String ERRORS = "https://developer.vonage.com/api-errors";
  private static final String MESSAGES = ERRORS + "/messages#";

  private MessagesErrors() {}

  static DialectAnswer answer(Refusal refusal) {
    String detail = refusal.first().text();
    return switch (refusal.status()) {
      case 400 -> problem(400, ERRORS + "#invalid-json", "Malformed request", detail);
      case 401 ->
          problem(
              401, ERRORS + "#unauthorized", "You did not provide correct credentials.", detail);
      case 403 ->
          problem(
              403,
              ERRORS + "#forbidden",
              "Your account does not have permission to perform this action.",
              detail);
      case 404 -> problem(404, ERRORS + "#not-found", "Not found", detail);
      case 413 -> problem(413, MESSAGES + "1090", "Message too long", detail);
      case 422 -> mistaken(refusal);
      case 429 ->
          refusal.kind() == Refusal.Kind.QUOTA
              ? problem(429, MESSAGES + "1070", "Partner quota exceeded", detail)
              : problem(429, MESSAGES + "1000", "Throttled", detail).retryAfter(refusal);
      case 500, 503 ->
          problem(refusal.status(), MESSAGES + "1030", "Internal error", detail)
              .retryAfter(refusal);
      default -> problem(refusal.status(), "about:blank", "Request refused", detail);
    };
  }

  private static DialectAnswer mistaken(Refusal refusal) {
    boolean missing = refusal.first().isMissing();
    JsonArray parameters = new JsonArray();
    for (Mistake mistake : refusal.mistakes()) {
      parameters.add(new JsonObject().put("name", mistake.field()).put("reason", mistake.detail()));
    }
    return DialectAnswer.json(
        422,
        json(
                MESSAGES + (missing ? "1010" : "1020"),
                missing ? "Missing params" : "Invalid params",
                refusal.first().text())
            .put("invalid_parameters", parameters));
  }

  private static DialectAnswer problem(int status, String type, String title, String detail) {
    return DialectAnswer.json(status, json(type, title, detail));
  }

  private static JsonObject json(String type, String title, String detail) {
    return new JsonObject().put("type", type).put("title", title).put("detail", detail);
  }
}
