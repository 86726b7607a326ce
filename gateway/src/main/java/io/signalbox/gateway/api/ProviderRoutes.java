package io.signalbox.gateway.api;

import io.signalbox.gateway.audit.ActDesk;
import io.signalbox.gateway.audit.Asked;
import io.signalbox.gateway.bus.ProviderMessages.Command;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.degradation.DegradationView;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;

/** {@code /api/v1/providers}: how they stand, and commands to them. */
final class ProviderRoutes {
  private static final String PATH = "/api/v1/providers";

  /** What takes work from a provider must be possible also while the ledger is away. */
  private static final Set<Command> LESSEN_DAMAGE = Set.of(Command.OPEN, Command.DRAIN);

  private final ProviderDirectory providers;
  private final ScoreBoard scores;
  private final DegradationView degradation;
  private final ActDesk acts;
  private final Clock clock;

  ProviderRoutes(ApiServices services) {
    this.providers = services.providers();
    this.scores = services.scores();
    this.degradation = services.degradation();
    this.acts = services.acts();
    this.clock = services.clock();
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

  private Asked asked(RoutingContext ctx, Caller caller, Command command, String id) {
    String before =
        providers
            .find(id)
            .map(
                state ->
                    new JsonObject()
                        .put("stage", state.stage().name().toLowerCase(Locale.ROOT))
                        .put("breaker", state.breaker().state())
                        .encode())
            .orElse(null);
    return new Asked(
        Origin.act(ctx, caller, clock, "provider." + command.name().toLowerCase(Locale.ROOT)),
        id,
        before,
        null,
        LESSEN_DAMAGE.contains(command));
  }

  private void command(RoutingContext ctx, Caller caller, Command command) {
    String id = Answers.pathParam(ctx, "id");
    acts.carryOut(
            asked(ctx, caller, command, id),
            () -> providers.command(id, command, caller.actor()),
            result ->
                new JsonObject()
                    .put("healthy", result.healthy())
                    .put("detail", result.detail())
                    .encode())
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
