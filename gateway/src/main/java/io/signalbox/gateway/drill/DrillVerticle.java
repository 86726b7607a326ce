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
import io.signalbox.gateway.ledger.DrillLedger;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.scoring.retry.Backoff;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs drills, of each provider at most one at a time and {@value #MOST} in all. When it stops, its
 * drills end and put back what they have changed.
 */
public final class DrillVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(DrillVerticle.class);
  private static final int MOST = 4;
  private static final long LONGEST_WAIT_MILLIS = 5_000;
  private static final long LOOK_MILLIS = 5_000;

  /**
   * A drill under way.
   *
   * @param plugin whose simulated side it changes; null if none
   * @param over when it has ended and its report is kept
   */
  private record Under(
      Drill drill, @Nullable String plugin, RunningDrill running, Future<Void> over) {}

  private final Bus bus;
  private final DrillTools tools;
  private final World world = new World();
  private final Map<String, Under> byProvider = new LinkedHashMap<>();
  private final Backoff backoff;
  private @Nullable Insistence insistence;

  /** What has ended here since the look that is under way began: it may have seen it run. */
  private final Set<NotificationId> endedSince = new HashSet<>();

  private boolean looking;
  private boolean stopping;
  private long looks;

  /**
   * Makes the verticle; nothing happens before it is deployed.
   *
   * @param random spreads the tries of what failed; used by this verticle only
   */
  public DrillVerticle(Bus bus, DrillTools tools, RandomGenerator random) {
    this.bus = bus;
    this.tools = tools;
    this.backoff =
        new Backoff(Backoff.DEFAULT_BASE_MILLIS, LONGEST_WAIT_MILLIS, LONGEST_WAIT_MILLIS, random);
  }

  @Override
  public Future<?> start() {
    Insistence insistence = new Insistence(vertx, backoff);
    this.insistence = insistence;
    bus.listen(Addresses.PROVIDERS, ProviderState.class, world::provider);
    bus.listen(Addresses.RANKING, Ranked.class, world::ranked);
    bus.listen(Addresses.OUTCOMES, Observed.class, world::observed);
    return tools
        .ledger()
        .runningDrills()
        .onSuccess(
            broken -> {
              broken.forEach(drill -> finish(drill, insistence));
              // Not before: what begins now was not broken off.
              bus.answer(
                  Addresses.DRILLS,
                  DrillMessage.class,
                  message ->
                      message instanceof BeginDrill begin
                          ? begin(begin.drill(), insistence)
                          : abort((AbortDrill) message));
              looks = vertx.setPeriodic(LOOK_MILLIS, due -> look(insistence));
            });
  }

  /** A gateway that died may have been taken for alive at the start of this one. */
  private void look(Insistence insistence) {
    if (looking) {
      return;
    }
    looking = true;
    endedSince.clear();
    tools
        .ledger()
        .runningDrills()
        .onComplete(read -> looking = false)
        .onSuccess(
            running -> {
              for (Drill drill : running) {
                if (!stopping && isFree(drill) && !endedSince.contains(drill.id())) {
                  finish(drill, insistence);
                }
              }
            })
        .onFailure(failure -> LOG.debug("running drills cannot be read: {}", failure.toString()));
  }

  /** Whether no drill under way here has its provider or its simulated side. */
  private boolean isFree(Drill drill) {
    SimulatorSettings before = SimulatorSettings.of(drill);
    String plugin = before == null ? null : before.plugin();
    return !byProvider.containsKey(drill.provider()) && ofPlugin(plugin) == null;
  }

  /** Ends what a stop broke off; until then its provider and the simulator are not free. */
  private void finish(Drill drill, Insistence insistence) {
    LOG.warn("drill {} of {} was broken off by a stop", drill.id(), drill.provider());
    SimulatorSettings before = SimulatorSettings.of(drill);
    RunningDrill running = new BrokenOffDrill(tools, insistence, drill);
    hold(drill, before == null ? null : before.plugin(), running);
    carryOut(drill, running, insistence);
  }

  private Future<Done> begin(Drill drill, Insistence insistence) {
    if (byProvider.containsKey(drill.provider())) {
      return refuse(409, "a drill of this provider runs already");
    }
    if (byProvider.size() >= MOST) {
      return refuse(409, MOST + " drills run already");
    }
    boolean simulated = drill.kind() == Drill.Kind.SIMULATE;
    ProviderState state = world.find(drill.provider());
    String plugin = simulated && state != null ? state.plugin() : null;
    Under other = ofPlugin(plugin);
    if (other != null) {
      // Each would put the settings back that the other one has made.
      return refuse(
          409,
          "a drill of "
              + other.drill().provider()
              + " runs, which has the same simulated side: "
              + plugin);
    }
    RunningDrill running =
        simulated
            ? new SimulateDrill(vertx, bus, tools, world, insistence, drill)
            : new LiveDrill(vertx, bus, tools, world, drill);
    // Held from here on, so that a second request cannot begin meanwhile.
    hold(drill, plugin, running);
    return running
        .check()
        .compose(checked -> tools.ledger().beginDrill(checked))
        .onFailure(refused -> byProvider.remove(drill.provider()))
        .map(
            recorded -> {
              LOG.info("drill {} of {} begins: {}", drill.id(), drill.provider(), drill.kind());
              carryOut(drill, running, insistence);
              return new Done();
            });
  }

  private @Nullable Under ofPlugin(@Nullable String plugin) {
    for (Under under : byProvider.values()) {
      if (plugin != null && plugin.equals(under.plugin())) {
        return under;
      }
    }
    return null;
  }

  private void hold(Drill drill, @Nullable String plugin, RunningDrill running) {
    byProvider.put(drill.provider(), new Under(drill, plugin, running, Future.succeededFuture()));
  }

  /** Its provider is free again when the report is kept. */
  private void carryOut(Drill drill, RunningDrill running, Insistence insistence) {
    Future<Void> over =
        running
            .run()
            .recover(this::broken)
            .compose(end -> ended(drill, end, insistence))
            .onFailure(
                failure ->
                    LOG.error(
                        "drill {} has not ended properly, the next start ends it: {}",
                        drill.id(),
                        failure.toString()))
            .onComplete(
                done -> {
                  byProvider.remove(drill.provider());
                  if (looking) {
                    endedSince.add(drill.id());
                  }
                });
    byProvider.computeIfPresent(
        drill.provider(), (id, under) -> new Under(drill, under.plugin(), running, over));
  }

  private Future<End> broken(Throwable failure) {
    if (stopping) {
      // Something may not be as before: the next start looks after it.
      return Future.failedFuture(failure);
    }
    LOG.warn("a drill could not go on: {}", failure.toString());
    String reason =
        failure instanceof GatewayException refusal
            ? String.valueOf(refusal.getMessage())
            : "it could not go on: " + failure.getMessage();
    return Future.succeededFuture(
        new End(State.ABORTED, reason, tools.clock().millis(), new JsonObject()));
  }

  private Future<Void> ended(Drill drill, End end, Insistence insistence) {
    LOG.info("drill {} of {} {}", drill.id(), drill.provider(), end.state().wireName());
    return insistence.on(
        "keeping the report of drill " + drill.id(),
        () -> tools.ledger().endDrill(drill.id(), end));
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
    stopping = true;
    vertx.cancelTimer(looks);
    Insistence unfinished = insistence;
    if (unfinished != null) {
      unfinished.stop();
    }
    List<Future<?>> over = new ArrayList<>();
    for (Under under : List.copyOf(byProvider.values())) {
      under.running().abort(DrillLedger.NODE_STOPPED);
      over.add(under.over());
    }
    return Future.join(over).otherwiseEmpty();
  }
}
