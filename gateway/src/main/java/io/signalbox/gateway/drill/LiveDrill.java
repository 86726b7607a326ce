package io.signalbox.gateway.drill;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.DrillMessages.Arrangement;
import io.signalbox.gateway.bus.DrillMessages.Done;
import io.signalbox.gateway.bus.DrillMessages.DrillAttempt;
import io.signalbox.gateway.bus.DrillMessages.DrillMessage;
import io.signalbox.gateway.bus.DrillMessages.DrillSpared;
import io.signalbox.gateway.bus.DrillMessages.Release;
import io.signalbox.gateway.bus.DrillMessages.Withhold;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.ledger.Drill.End;
import io.signalbox.gateway.ledger.Drill.State;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.scoring.Ranking;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Withholds a provider from a share of real traffic. The dispatcher ends it at its time whatever
 * becomes of this object; this one ends it sooner when errors rise, a breaker of the channel opens,
 * or nobody else could take a notification. Thread-confined to the drill verticle.
 */
final class LiveDrill implements RunningDrill, World.Watcher {
  private static final long LOOK_MILLIS = 100;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Bus bus;
  private final DrillTools tools;
  private final World world;
  private final Drill drill;
  private final double share;
  private final long durationMillis;
  private final Promise<@Nullable String> over = Promise.promise();
  private Set<Channel> channels = Set.of();
  private long begunAtMillis;

  LiveDrill(Vertx vertx, Bus bus, DrillTools tools, World world, Drill drill) {
    this.vertx = vertx;
    this.bus = bus;
    this.tools = tools;
    this.world = world;
    this.drill = drill;
    JsonObject parameters = drill.parameters();
    this.share = parameters.getDouble("percent") / 100;
    this.durationMillis = Math.round(parameters.getDouble("duration_seconds") * 1000);
  }

  @Override
  public Future<Drill> check() {
    ProviderState state = world.find(drill.provider());
    if (state == null) {
      return refuse(404, "there is no provider of that id");
    }
    if (!state.isUsable()) {
      return refuse(409, "it takes no traffic now, so nothing can be withheld from it");
    }
    channels = state.channels();
    for (Channel channel : channels) {
      if (channel.carriesMessages()
          && world.carriers(channel).stream()
              .noneMatch(each -> !each.provider().equals(drill.provider()) && each.isUsable())) {
        return refuse(
            409, "no other provider could take its traffic on the channel " + channel.wireName());
      }
    }
    return Future.succeededFuture(drill);
  }

  private static Future<Drill> refuse(int status, String detail) {
    return Future.failedFuture(new GatewayException(status, detail));
  }

  @Override
  public Future<End> run() {
    LiveTally tally =
        new LiveTally(failureShareBefore(), drill.parameters().getDouble("max_error_increase"));
    begunAtMillis = tools.clock().millis();
    long until = begunAtMillis + durationMillis;
    MessageConsumer<DrillMessage> attempts =
        bus.listen(Addresses.DRILL_ATTEMPTS, DrillMessage.class, told -> count(told, tally));
    world.watch(this);
    long timer =
        vertx.setPeriodic(
            LOOK_MILLIS,
            look -> {
              if (tools.clock().millis() >= until) {
                over.tryComplete(null);
              }
            });
    return arrange(new Withhold(drill.id().toString(), drill.provider(), share, until))
        .compose(withheld -> over.future())
        .eventually(
            () -> {
              vertx.cancelTimer(timer);
              world.unwatch(this);
              return attempts
                  .unregister()
                  .transform(gone -> arrange(new Release(drill.id().toString())));
            })
        .map(reason -> end(reason, tally));
  }

  private Future<Done> arrange(Arrangement wish) {
    return bus.request(Addresses.DRILL_ARRANGEMENTS, wish, Done.class, TIMEOUT);
  }

  private void count(DrillMessage told, LiveTally tally) {
    if (told instanceof DrillAttempt attempt && attempt.drill().equals(drill.id().toString())) {
      tally.attempt(attempt);
    } else if (told instanceof DrillSpared spared && spared.drill().equals(drill.id().toString())) {
      tally.spared();
    }
    String alarm = tally.alarm();
    if (alarm != null) {
      over.tryComplete(alarm);
    }
  }

  @Override
  public void provider(ProviderState state) {
    boolean shares = state.channels().stream().anyMatch(channels::contains);
    if (shares
        && "open".equals(state.breaker().state())
        && state.breaker().sinceMillis() >= begunAtMillis) {
      over.tryComplete("breaker_opened: " + state.provider());
    }
  }

  @Override
  public void abort(String reason) {
    over.tryComplete(reason);
  }

  /** The share of failed attempts in the health windows of its channels. */
  private double failureShareBefore() {
    int failures = 0;
    int attempts = 0;
    for (Channel channel : channels) {
      Ranking ranking = world.ranking(channel);
      if (ranking != null) {
        for (RankedCandidate candidate : ranking.candidates()) {
          failures += candidate.health().failures();
          attempts += candidate.health().attempts();
        }
      }
    }
    return attempts == 0 ? 0 : (double) failures / attempts;
  }

  private End end(@Nullable String reason, LiveTally tally) {
    long now = tools.clock().millis();
    JsonObject report =
        tally.toJson().put("provider", drill.provider()).put("lasted_ms", now - begunAtMillis);
    if (reason != null) {
      return new End(State.ABORTED, reason, now, report.put("verdict", "aborted: " + reason));
    }
    if (tally.withheldAttempts() == 0) {
      String none = "nothing was withheld: there was no traffic, or the share is too small";
      return new End(State.FAILED, "no_traffic", now, report.put("verdict", none));
    }
    return tally.isAsGood()
        ? new End(
            State.PASSED, null, now, report.put("verdict", "the others carry this share of it"))
        : new End(
            State.FAILED,
            "worse_without_it",
            now,
            report.put("verdict", "more attempts failed where it was withheld"));
  }
}
