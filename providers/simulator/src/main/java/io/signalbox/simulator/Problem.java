package io.signalbox.simulator;

import io.signalbox.simulator.core.SettingsProblem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Error bodies of the control API, after RFC 9457. */
final class Problem {
  static final String MEDIA_TYPE = "application/problem+json";

  private Problem() {}

  static JsonObject of(int status, String title, String detail) {
    return new JsonObject()
        .put("type", "about:blank")
        .put("title", title)
        .put("status", status)
        .put("detail", detail);
  }

  static JsonObject of(List<SettingsProblem> problems) {
    JsonArray errors = new JsonArray();
    for (SettingsProblem problem : problems) {
      errors.add(
          new JsonObject().put("pointer", problem.pointer()).put("detail", problem.detail()));
    }
    return of(400, "Bad Request", "Nothing was changed; errors says why.").put("errors", errors);
  }
}
