package io.signalbox.gateway.drill;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.DrillMessages.AbortDrill;
import io.signalbox.gateway.bus.DrillMessages.BeginDrill;
import io.signalbox.gateway.bus.DrillMessages.Done;
import io.signalbox.gateway.bus.DrillMessages.DrillMessage;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.ledger.Drill.End;
import io.signalbox.gateway.ledger.Drill.State;
import io.signalbox.gateway.sandbox.SandboxLink;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs drills, of each provider at most one at a time and {@value #MOST} in all. When it stops, its
 * drills end and put back what they have changed.
 */
public final class DrillVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(DrillVerticle.class);
  private static final int MOST = 4;

  private record Under(Drill drill, RunningDrill running, Future<Void> over) {}

  private final Bus bus;
  private final DrillTools tools;
  private final World world = new World();
  private final Map<String, Under> byProvider = new LinkedHashMap<>();

  /** Makes the verticle; nothing happens before it is deployed. */
  public DrillVerticle(Bus bus, DrillTools tools) {
    this.bus = bus;
    this.tools = tools;
  }

  @Override
  public Future<?> start() {
    bus.listen(Addresses.PROVIDERS, ProviderState.class, world::provider);
    bus.listen(Addresses.RANKING, Ranked.class, world::ranked);
    bus.listen(Addresses.OUTCOMES, Observed.class, world::observed);
    bus.answer(
        Addresses.DRILLS,
        DrillMessage.class,
        message ->
            message instanceof BeginDrill begin
                ? begin(begin.drill())
                : abort((AbortDrill) message));
    return tools
        .ledger()
        .abortRunningDrills(tools.clock().millis())
        .compose(
            aborted -> {
              List<Future<?>> putBack = new ArrayList<>();
              aborted.forEach(drill -> putBack.add(putBack(drill)));
              return Future.join(putBack).otherwiseEmpty();
            });
  }

  /** Puts back what a drill changed that a stop broke off. */
  private Future<Void> putBack(Drill drill) {
    LOG.warn("drill {} of {} was broken off by a stop", drill.id(), drill.provider());
    SandboxLink sandbox = tools.sandbox();
    SimulatorSettings before =
        SimulatorSettings.read(drill.parameters().getJsonObject(SimulatorSettings.PARAMETER));
    return sandbox == null || before == null
        ? Future.succeededFuture()
        : before
            .putBack(sandbox)
            .onFailure(
                failure ->
                    LOG.warn("the simulator of {} is not as before: {}", before.plugin(), failure));
  }

  private Future<Done> begin(Drill drill) {
    if (byProvider.containsKey(drill.provider())) {
      return refuse(409, "a drill of this provider runs already");
    }
    if (byProvider.size() >= MOST) {
      return refuse(409, MOST + " drills run already");
    }
    RunningDrill running =
        drill.kind() == Drill.Kind.SIMULATE
            ? new SimulateDrill(vertx, bus, tools, world, drill)
            : new LiveDrill(vertx, bus, tools, world, drill);
    // Held from here on, so that a second request cannot begin meanwhile.
    byProvider.put(drill.provider(), new Under(drill, running, Future.succeededFuture()));
    return running
        .check()
        .compose(checked -> tools.ledger().beginDrill(checked))
        .onFailure(refused -> byProvider.remove(drill.provider()))
        .map(
            recorded -> {
              Future<Void> over =
                  running
                      .run()
                      .otherwise(this::broken)
                      .compose(end -> ended(drill, end))
                      .onComplete(done -> byProvider.remove(drill.provider()));
              byProvider.computeIfPresent(
                  drill.provider(), (id, under) -> new Under(drill, running, over));
              LOG.info("drill {} of {} begins: {}", drill.id(), drill.provider(), drill.kind());
              return new Done();
            });
  }

  private End broken(Throwable failure) {
    LOG.warn("a drill could not go on: {}", failure.toString());
    String reason =
        failure instanceof GatewayException refusal
            ? String.valueOf(refusal.getMessage())
            : "it could not go on: " + failure.getMessage();
    return new End(State.ABORTED, reason, tools.clock().millis(), new JsonObject());
  }

  private Future<Void> ended(Drill drill, End end) {
    LOG.info("drill {} of {} {}", drill.id(), drill.provider(), end.state().wireName());
    return tools
        .ledger()
        .endDrill(drill.id(), end)
        .onFailure(
            failure -> LOG.error("the report of drill {} could not be kept", drill.id(), failure));
  }

  private Future<Done> abort(AbortDrill wish) {
    for (Under under : byProvider.values()) {
      if (under.drill().id().toString().equals(wish.drill())) {
        under.running().abort("aborted by " + wish.actor());
        return under.over().transform(any -> Future.succeededFuture(new Done()));
      }
    }
    return refuse(409, "this drill does not run");
  }

  private static <T> Future<T> refuse(int status, String detail) {
    return Future.failedFuture(new GatewayException(status, detail));
  }

  @Override
  public Future<?> stop() {
    List<Future<?>> over = new ArrayList<>();
    for (Under under : byProvider.values()) {
      under.running().abort("node_stopped");
      over.add(under.over());
    }
    return Future.join(over).otherwiseEmpty();
  }
}
