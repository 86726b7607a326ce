package io.signalbox.gateway.drill;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.DrillMessages.Arrangement;
import io.signalbox.gateway.bus.DrillMessages.Done;
import io.signalbox.gateway.bus.DrillMessages.Release;
import io.signalbox.gateway.bus.DrillMessages.Steer;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.drill.DrillTraffic.Sent;
import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.ledger.Drill.End;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.sandbox.SandboxLink;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives a simulated provider a fault while test notifications are sent, and takes it away again:
 * before, during, after. Test notifications are offered to that provider first, so that the fault
 * is met; everything else is as always. Bounded in count and time; whatever happens, the
 * simulator's settings are put back. Thread-confined to the drill verticle.
 */
final class SimulateDrill implements RunningDrill {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long SETTLE_MILLIS = 60_000;
  private static final long SLACK_MILLIS = 60_000;
  private static final int BEFORE = 10;
  private static final int AFTER_RATE = 5;

  private final Vertx vertx;
  private final Bus bus;
  private final DrillTools tools;
  private final World world;
  private final Drill drill;
  private final String id;
  private final int count;
  private final int rate;
  private final long recoveryMillis;
  private final List<Sent> before = new ArrayList<>();
  private final List<Sent> during = new ArrayList<>();
  private final List<Sent> after = new ArrayList<>();
  private @Nullable String aborted;
  private @Nullable SimulatorSettings settings;
  private String plugin = "";
  private Channel channel = Channel.EMAIL;
  private Set<String> plugins = Set.of();
  private long injectedAtMillis;
  private long removedAtMillis;

  SimulateDrill(Vertx vertx, Bus bus, DrillTools tools, World world, Drill drill) {
    this.vertx = vertx;
    this.bus = bus;
    this.tools = tools;
    this.world = world;
    this.drill = drill;
    this.id = drill.id().toString();
    this.count = drill.parameters().getInteger("count");
    this.rate = drill.parameters().getInteger("rate_per_second");
    this.recoveryMillis = Math.round(drill.parameters().getDouble("recovery_seconds") * 1000);
  }

  @Override
  public void abort(String reason) {
    aborted = reason;
  }

  private boolean isAborted() {
    return aborted != null;
  }

  @Override
  public Future<Drill> check() {
    SandboxLink sandbox = tools.sandbox();
    if (sandbox == null) {
      return refuse(
          409,
          "there is no sandbox: faults are only given to simulated providers. Start with --sandbox or"
              + " sandbox.enabled; a live drill needs none");
    }
    ProviderState state = world.find(drill.provider());
    if (state == null) {
      return refuse(404, "there is no provider of that id");
    }
    String mode = String.valueOf(drill.mode());
    if (!sandbox.modes().isEmpty() && !sandbox.modes().contains(mode)) {
      return refuse(422, "mode must be one of " + String.join(", ", sandbox.modes()));
    }
    Channel wanted = channelOf(state);
    if (wanted == null) {
      return refuse(422, "the provider has no such channel that carries messages");
    }
    plugin = state.plugin();
    channel = wanted;
    List<ProviderState> reachable = world.carriers(channel);
    plugins = reachable.stream().map(ProviderState::plugin).collect(Collectors.toSet());
    if (reachable.size() < 2) {
      return refuse(
          409, "no other provider carries " + channel.wireName() + ": nobody to fail over to");
    }
    return SandboxScope.require(vertx, tools.settings().providersDir(), reachable)
        .compose(alone -> sandbox.settings(plugin))
        .map(
            now -> {
              settings = SimulatorSettings.of(plugin, now);
              return drill.with(SimulatorSettings.PARAMETER, settings.toJson());
            });
  }

  private @Nullable Channel channelOf(ProviderState state) {
    String asked = drill.parameters().getString("channel");
    return state.channels().stream()
        .filter(Channel::carriesMessages)
        .filter(each -> asked == null || each.wireName().equals(asked))
        .sorted()
        .findFirst()
        .orElse(null);
  }

  private static Future<Drill> refuse(int status, String detail) {
    return Future.failedFuture(new GatewayException(status, detail));
  }

  @Override
  public Future<End> run() {
    SandboxLink sandbox = tools.sandbox();
    if (sandbox == null) {
      return Future.failedFuture(new IllegalStateException("it was checked"));
    }
    Inbox inbox = new Inbox(sandbox, DrillTraffic.mark(id));
    FaultWatch watch = new FaultWatch(drill.provider(), channel, tools.clock());
    DrillTraffic traffic = traffic();
    DrillTimelines timelines =
        new DrillTimelines(vertx, tools.reports(), tools.clock(), drill.tenant());
    return inbox
        .open(plugins)
        .compose(opened -> arrange(steer()))
        .compose(steered -> traffic.send(Math.min(BEFORE, count), rate, this::isAborted))
        .compose(
            sent -> {
              before.addAll(sent);
              return timelines.settled(sent, inMillis(SETTLE_MILLIS), this::isAborted);
            })
        .compose(settled -> inject(sandbox, watch))
        .compose(injected -> traffic.send(count, rate, this::isAborted))
        .compose(
            sent -> {
              during.addAll(sent);
              return timelines.settled(sent, inMillis(SETTLE_MILLIS), this::isAborted);
            })
        .eventually(() -> restore(sandbox, watch))
        .compose(restored -> recover(traffic, watch))
        .compose(recovered -> report(timelines, inbox, watch))
        .eventually(
            () -> {
              world.unwatch(watch);
              return arrange(new Release(id)).otherwiseEmpty();
            });
  }

  private DrillTraffic traffic() {
    JsonObject wishes = new JsonObject();
    String onUnknown = drill.parameters().getString("on_unknown");
    if (onUnknown != null) {
      wishes.put("on_unknown", onUnknown);
    }
    return new DrillTraffic(vertx, tools, drill.tenant(), id, channel, wishes);
  }

  private Steer steer() {
    long sending = (long) (BEFORE + count) * 1000 / rate;
    return new Steer(
        id,
        drill.provider(),
        DrillTraffic.typeOf(id),
        inMillis(sending + recoveryMillis + 3 * SETTLE_MILLIS + SLACK_MILLIS));
  }

  private Future<Done> arrange(Arrangement wish) {
    return bus.request(Addresses.DRILL_ARRANGEMENTS, wish, Done.class, TIMEOUT);
  }

  private long inMillis(long millis) {
    return tools.clock().millis() + millis;
  }

  private Future<JsonObject> inject(SandboxLink sandbox, FaultWatch watch) {
    world.watch(watch);
    injectedAtMillis = tools.clock().millis();
    return isAborted()
        ? Future.succeededFuture(new JsonObject())
        : sandbox.change(plugin, new JsonObject().put("mode", drill.mode()));
  }

  /** Puts the simulator's settings back as they were. */
  private Future<Void> restore(SandboxLink sandbox, FaultWatch watch) {
    SimulatorSettings were = settings;
    if (were == null || injectedAtMillis == 0) {
      return Future.succeededFuture();
    }
    return were.putBack(sandbox)
        .onSuccess(
            done -> {
              removedAtMillis = tools.clock().millis();
              watch.faultRemoved();
            });
  }

  /** Goes on sending, slowly, until the provider is trusted again. */
  private Future<Void> recover(DrillTraffic traffic, FaultWatch watch) {
    if (recoveryMillis == 0 || isAborted()) {
      return Future.succeededFuture();
    }
    long until = inMillis(recoveryMillis);
    int slow = Math.min(rate, AFTER_RATE);
    return traffic
        .send(
            (int) Math.min(Integer.MAX_VALUE, recoveryMillis * slow / 1000 + 1),
            slow,
            () -> watch.isRecovered() || isAborted() || tools.clock().millis() >= until)
        .onSuccess(after::addAll)
        .mapEmpty();
  }

  private Future<End> report(DrillTimelines timelines, Inbox inbox, FaultWatch watch) {
    long until = inMillis(isAborted() ? TIMEOUT.toMillis() : SETTLE_MILLIS);
    return timelines
        .settled(before, until, () -> false)
        .compose(
            first ->
                timelines
                    .settled(during, until, () -> false)
                    .compose(
                        second ->
                            timelines
                                .settled(after, until, () -> false)
                                .compose(
                                    third ->
                                        inbox
                                            .counts()
                                            .map(
                                                counts ->
                                                    end(first, second, third, counts, watch)))));
  }

  private End end(
      List<Timeline> first,
      List<Timeline> second,
      List<Timeline> third,
      Map<Integer, Integer> counts,
      FaultWatch watch) {
    return new SimulateReport(
            drill.provider(),
            String.valueOf(drill.mode()),
            first,
            second,
            third,
            counts,
            before.size() + during.size() + after.size(),
            injectedAtMillis,
            removedAtMillis,
            watch,
            recoveryMillis > 0)
        .end(tools.clock().millis(), aborted);
  }
}
