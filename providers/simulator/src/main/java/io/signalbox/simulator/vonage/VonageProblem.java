package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Errors of the Messages API and the Reports API: problem details. */
final class VonageProblem {
  private static final String GENERAL = "https://developer.vonage.com/api-errors#";
  private static final String MESSAGES = "https://developer.vonage.com/api-errors/messages#";
  private static final String REPORTS = "https://developer.nexmo.com/api-errors/reports#";
  private static final String INSTANCE = "bf0ca0bf927b3b52e3cb03217e1a1ddf";

  private VonageProblem() {}

  static Answer unauthorized() {
    return of(
        401, GENERAL + "unauthorized", "Unauthorized", "You did not provide correct credentials.");
  }

  static Answer notFound() {
    return of(404, GENERAL + "not-found", "Not found", "The requested resource does not exist.");
  }

  static Answer internalError() {
    return of(500, MESSAGES + "1030", "Internal error", "An error has occurred in the platform.");
  }

  static Answer throttled() {
    return of(
        429,
        MESSAGES + "1000",
        "Throttled",
        "You have exceeded the submission capacity allowed on this account. Please wait and retry");
  }

  static Answer message(int code, String title, String detail) {
    return of(422, MESSAGES + code, title, detail);
  }

  static Answer invalidParameter(String name, String reason) {
    return problem(
        422,
        fields(
                MESSAGES + "1020",
                "Invalid params",
                "The value of one or more parameters is invalid.")
            .put(
                "invalid_parameters",
                new JsonArray().add(new JsonObject().put("name", name).put("reason", reason))));
  }

  static Answer invalidFilter(String detail) {
    return of(422, REPORTS + "invalid-filter", "Invalid filter", detail);
  }

  private static Answer of(int status, String type, String title, String detail) {
    return problem(status, fields(type, title, detail));
  }

  private static JsonObject fields(String type, String title, String detail) {
    return new JsonObject()
        .put("type", type)
        .put("title", title)
        .put("detail", detail)
        .put("instance", INSTANCE);
  }

  private static Answer problem(int status, JsonObject body) {
    return Answer.json(status, body).with("Content-Type", "application/problem+json");
  }
}
