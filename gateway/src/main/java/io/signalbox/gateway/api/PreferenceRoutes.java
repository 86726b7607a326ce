package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.PreferenceMessages.InForce;
import io.signalbox.gateway.bus.PreferenceMessages.Reread;
import io.signalbox.gateway.ledger.PreferenceLedger;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;

/** {@code /api/v1/preferences}: what operators prefer. A change is in force when it is answered. */
final class PreferenceRoutes {
  private static final String PATH = "/api/v1/preferences";
  private static final int MAX_BODY_BYTES = 64 << 10;
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

  private final Bus bus;
  private final PreferenceLedger ledger;
  private final ProviderDirectory providers;
  private final Clock clock;

  PreferenceRoutes(ApiServices services) {
    this.bus = services.bus();
    this.ledger = services.preferences();
    this.providers = services.providers();
    this.clock = services.clock();
  }

  void mount(Router router, Gate gate) {
    router.get(PATH).handler(gate.allow(Access.PREFERENCES_READ, this::show));
    router.patch(PATH).handler(gate.allow(Access.PREFERENCES_CHANGE, this::change));
  }

  private void show(RoutingContext ctx, Caller caller) {
    answer(ctx, inForce());
  }

  private void change(RoutingContext ctx, Caller caller) {
    answer(
        ctx,
        JsonBody.read(ctx, MAX_BODY_BYTES)
            .map(json -> PreferenceBody.read(json, providers.all()))
            .compose(patch -> change(ctx, caller, patch))
            .compose(stored -> inForce().recover(PreferenceRoutes::stored)));
  }

  /** Whoever repeats the change has to know that it was made. */
  private static <T> Future<T> stored(Throwable failure) {
    return Future.failedFuture(
        failure instanceof GatewayException unheard
            ? new GatewayException(
                unheard.status(),
                "the change is stored, but not known to be in force: " + unheard.getMessage())
            : failure);
  }

  private Future<StoredPreferences> change(
      RoutingContext ctx, Caller caller, PreferencePatch patch) {
    String match = ctx.request().getHeader(HttpHeaders.IF_MATCH);
    return ledger
        .by(Origin.act(ctx, caller, clock, "preferences.change"))
        .changePreferences(
            stored -> {
              Etags.require(match, Etags.of(PreferenceJson.stored(stored)));
              return patch.applyTo(stored);
            },
            caller.actor(),
            clock.millis());
  }

  private Future<InForce> inForce() {
    return bus.request(Addresses.PREFERENCES_REREAD, new Reread(), InForce.class, READ_TIMEOUT);
  }

  private static void answer(RoutingContext ctx, Future<InForce> inForce) {
    inForce.onComplete(
        found ->
            Etags.answerWhole(
                ctx,
                Etags.of(PreferenceJson.stored(found.preferences().stored())),
                PreferenceJson.write(found.preferences())),
        failure -> Problem.send(ctx, failure));
  }
}
