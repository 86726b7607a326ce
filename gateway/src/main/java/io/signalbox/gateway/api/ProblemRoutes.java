package io.signalbox.gateway.api;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /problems/{name}}: what the {@code type} of a problem leads to. */
final class ProblemRoutes {
  private ProblemRoutes() {}

  static void mount(Router router) {
    router.get(ProblemType.PATH + "/:name").handler(ProblemRoutes::explain);
  }

  private static void explain(RoutingContext ctx) {
    ProblemType.of(Answers.pathParam(ctx, "name"))
        .ifPresentOrElse(
            type ->
                Answers.json(
                    ctx,
                    200,
                    new JsonObject()
                        .put("type", type.uri())
                        .put("title", type.title())
                        .put("status", type.status())
                        .put("advice", type.advice())),
            () -> Problem.send(ctx, 404, "there is no problem of that name"));
  }
}
