package io.signalbox.gateway.api;

import io.signalbox.gateway.audit.ActDesk;
import io.signalbox.gateway.audit.Asked;
import io.signalbox.gateway.bus.ProviderMessages.Command;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
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

  private final ApiServices services;
  private final ProviderDirectory providers;
  private final ActDesk acts;
  private final Clock clock;

  ProviderRoutes(ApiServices services) {
    this.services = services;
    this.providers = services.providers();
    this.acts = services.acts();
    this.clock = services.clock();
  }

  void mount(Router router, Gate gate) {
    router.get(PATH).handler(gate.allow(Access.PROVIDERS_READ, (ctx, caller) -> list(ctx)));
    for (Command command : Command.values()) {
      String verb = command.name().toLowerCase(Locale.ROOT);
      router
          .post(PATH + "/:id/" + verb)
          .handler(
              gate.allow(Access.PROVIDERS_CONTROL, (ctx, caller) -> command(ctx, caller, command)));
    }
  }

  private void list(RoutingContext ctx) {
    Answers.json(ctx, 200, new JsonObject().put("providers", ProviderListJson.write(services)));
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
