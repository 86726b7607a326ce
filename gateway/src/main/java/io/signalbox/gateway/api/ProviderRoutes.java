package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.ProviderMessages.Command;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.degradation.DegradationView;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** {@code /api/v1/providers}: how they stand, and commands to them. */
final class ProviderRoutes {
  private static final String PATH = "/api/v1/providers";

  private final ProviderDirectory providers;
  private final ScoreBoard scores;
  private final DegradationView degradation;

  ProviderRoutes(ApiServices services) {
    this.providers = services.providers();
    this.scores = services.scores();
    this.degradation = services.degradation();
  }

  void mount(Router router, Gate gate) {
    router.get(PATH).handler(gate.allow(Access.PROVIDERS_READ, this::list));
    for (Command command : Command.values()) {
      String verb = command.name().toLowerCase(Locale.ROOT);
      router
          .post(PATH + "/:id/" + verb)
          .handler(
              gate.allow(Access.PROVIDERS_CONTROL, (ctx, caller) -> command(ctx, caller, command)));
    }
  }

  private void list(RoutingContext ctx, Caller caller) {
    JsonArray list = new JsonArray();
    ScoreJson standing = new ScoreJson(scores.rankings());
    for (ProviderState state : providers.all()) {
      String id = state.provider();
      JsonObject json =
          ProviderJson.write(
              state,
              providers.limits(id),
              providers.failedSwap(id),
              providers.trial(id),
              degradation.failures(id));
      list.add(standing.add(id, json));
    }
    Answers.json(ctx, 200, new JsonObject().put("providers", list));
  }

  private void command(RoutingContext ctx, Caller caller, Command command) {
    String id = Answers.pathParam(ctx, "id");
    providers
        .command(id, command, caller.actor())
        .onComplete(
            result ->
                Answers.json(
                    ctx,
                    200,
                    new JsonObject()
                        .put("provider", id)
                        .put("healthy", result.healthy())
                        .put("detail", result.detail())),
            failure -> Problem.send(ctx, failure));
  }
}
