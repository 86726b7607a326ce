package io.signalbox.gateway.drill;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.DrillMessages.Arrangement;
import io.signalbox.gateway.bus.DrillMessages.Done;
import io.signalbox.gateway.bus.DrillMessages.Release;
import io.signalbox.gateway.bus.DrillMessages.Steer;
import io.signalbox.gateway.drill.DrillOrder.Simulate;
import io.signalbox.gateway.drill.DrillTraffic.Sent;
import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.ledger.Drill.End;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives a simulated provider a fault while test notifications are sent, and takes it away again:
 * before, during, after. Test notifications are offered to that provider first, so that the fault
 * is met; everything else is as always. Bounded in count and time; whatever happens, the
 * simulator's settings are put back. Thread-confined to the drill verticle.
 */
final class SimulateDrill implements RunningDrill {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long SETTLE_MILLIS = Simulate.SETTLE.toMillis();
  private static final int AFTER_RATE = 5;
  private static final long SECOND_MILLIS = 1_000;

  private final Vertx vertx;
  private final Bus bus;
  private final DrillTools tools;
  private final World world;
  private final Insistence insistence;
  private final Drill drill;
  private final String id;
  private final int count;
  private final int rate;
  private final long endsWithinSeconds;
  private final long recoveryMillis;
  private final List<Sent> before = new ArrayList<>();
  private final List<Sent> during = new ArrayList<>();
  private final List<Sent> after = new ArrayList<>();
  private @Nullable String aborted;
  private @Nullable DrillGround ground;
  private long deadlineMillis;
  private boolean mayBeOpen;
  private long injectedAtMillis;
  private long removedAtMillis;

  SimulateDrill(
      Vertx vertx, Bus bus, DrillTools tools, World world, Insistence insistence, Drill drill) {
    this.vertx = vertx;
    this.bus = bus;
    this.tools = tools;
    this.world = world;
    this.insistence = insistence;
    this.drill = drill;
    this.id = drill.id().toString();
    this.count = drill.parameters().getInteger("count");
    this.rate = drill.parameters().getInteger("rate_per_second");
    this.endsWithinSeconds = drill.parameters().getLong(DrillOrder.ENDS_WITHIN);
    this.recoveryMillis = Math.round(drill.parameters().getDouble("recovery_seconds") * 1000);
  }

  @Override
  public void abort(String reason) {
    aborted = reason;
  }

  private boolean isAborted() {
    return aborted != null;
  }

  private boolean isToEnd() {
    return isAborted() || tools.clock().millis() >= deadlineMillis;
  }

  @Override
  public Future<Drill> check() {
    return DrillGround.of(drill, vertx, tools, world)
        .onSuccess(found -> ground = found)
        .map(found -> drill.with(SimulatorSettings.PARAMETER, found.before().toJson()));
  }

  @Override
  public Future<End> run() {
    DrillGround here = ground;
    if (here == null) {
      return Future.failedFuture(new IllegalStateException("it was not checked"));
    }
    deadlineMillis = inMillis(endsWithinSeconds * SECOND_MILLIS);
    Inbox inbox = new Inbox(here.sandbox(), DrillTraffic.mark(id));
    FaultWatch watch = new FaultWatch(drill.provider(), here.channel(), tools.clock());
    DrillTraffic traffic = traffic(here.channel());
    DrillTimelines timelines =
        new DrillTimelines(vertx, tools.reports(), tools.clock(), drill.tenant());
    return inbox
        .open(here.plugins())
        .compose(opened -> arrange(steer(here.providers())))
        .compose(
            steered -> {
              mayBeOpen = true;
              return traffic.send(Math.min(Simulate.BEFORE, count), rate, this::isToEnd);
            })
        .compose(
            sent -> {
              before.addAll(sent);
              return timelines.settled(sent, inMillis(SETTLE_MILLIS), this::isAborted);
            })
        .compose(settled -> inject(here, watch))
        .compose(injected -> traffic.send(count, rate, this::isToEnd))
        .compose(
            sent -> {
              during.addAll(sent);
              return timelines.settled(sent, inMillis(SETTLE_MILLIS), this::isAborted);
            })
        .eventually(() -> restore(here, watch))
        .compose(restored -> recover(traffic, watch))
        .compose(recovered -> report(timelines, inbox, watch))
        .eventually(
            () -> {
              world.unwatch(watch);
              return release();
            });
  }

  /**
   * Lets the dispatcher forget the drill. While some of its notifications may be under way they
   * stay with the drill's providers: this, and they themselves, end at its deadline.
   */
  private Future<Void> release() {
    return mayBeOpen
        ? Future.succeededFuture()
        : arrange(new Release(id)).<Void>mapEmpty().otherwiseEmpty();
  }

  private DrillTraffic traffic(Channel channel) {
    JsonObject wishes =
        new JsonObject().put("expires_at", Instant.ofEpochMilli(deadlineMillis).toString());
    String onUnknown = drill.parameters().getString("on_unknown");
    if (onUnknown != null) {
      wishes.put("on_unknown", onUnknown);
    }
    return new DrillTraffic(vertx, tools, drill.tenant(), id, channel, wishes);
  }

  private Steer steer(Set<String> providers) {
    return new Steer(id, drill.provider(), DrillTraffic.typeOf(id), providers, deadlineMillis);
  }

  private Future<Done> arrange(Arrangement wish) {
    return bus.request(Addresses.DRILL_ARRANGEMENTS, wish, Done.class, TIMEOUT);
  }

  private long inMillis(long millis) {
    return tools.clock().millis() + millis;
  }

  private Future<JsonObject> inject(DrillGround here, FaultWatch watch) {
    world.watch(watch);
    injectedAtMillis = tools.clock().millis();
    return isAborted()
        ? Future.succeededFuture(new JsonObject())
        : here.sandbox().change(here.before().plugin(), new JsonObject().put("mode", drill.mode()));
  }

  /** Puts the simulator's settings back as they were. */
  private Future<Void> restore(DrillGround here, FaultWatch watch) {
    if (injectedAtMillis == 0) {
      return Future.succeededFuture();
    }
    return here.before()
        .putBack(here.sandbox(), insistence)
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
    long until = Math.min(deadlineMillis, inMillis(recoveryMillis));
    int slow = Math.min(rate, AFTER_RATE);
    return traffic
        .send(
            (int) Math.min(Integer.MAX_VALUE, recoveryMillis * slow / SECOND_MILLIS + 1),
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
      Map<Integer, Timeline> first,
      Map<Integer, Timeline> second,
      Map<Integer, Timeline> third,
      Map<Integer, Integer> counts,
      FaultWatch watch) {
    List<Sent> accepted = new ArrayList<>(before);
    accepted.addAll(during);
    accepted.addAll(after);
    mayBeOpen =
        Stream.of(first, second, third)
            .flatMap(each -> each.values().stream())
            .anyMatch(DrillTimelines::isOpen);
    return new SimulateReport(
            drill.provider(),
            String.valueOf(drill.mode()),
            first,
            second,
            third,
            counts,
            accepted.stream().map(Sent::number).toList(),
            injectedAtMillis,
            removedAtMillis,
            watch,
            recoveryMillis > 0)
        .end(tools.clock().millis(), aborted);
  }
}
