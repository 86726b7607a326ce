package io.signalbox.gateway.queue;

import io.signalbox.gateway.config.QueueSettings;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.redis.RedisLink;
import io.signalbox.gateway.redis.RedisScript;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does at intervals what keeps the streams going: gives a sign of life for the entries that this
 * gateway has, takes over those of gateways that give none, moves what has come due into its lane,
 * forgets consumers that are gone, and measures. Each gateway does all of it; the scripts see to it
 * that nothing is done twice. Thread-confined.
 */
final class StreamKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(StreamKeeper.class);
  private static final RedisScript PROMOTE = script("promote.lua");
  private static final RedisScript CLAIM = script("claim.lua");
  private static final RedisScript SIZES = script("sizes.lua");
  private static final RedisScript FORGET = script("forget-consumers.lua");
  private static final long PROMOTE_MILLIS = 250;
  private static final long FORGET_MILLIS = 60_000;
  private static final int SIGNS = 4;
  private static final int MOST_AT_ONCE = 200;

  /** An entry that so many gateways had and did not finish stops them, as far as one can see. */
  static final int MOST_GIVEN_OUT = 10;

  private final Vertx vertx;
  private final RedisLink redis;
  private final StreamKeys keys;
  private final QueueSettings settings;
  private final String consumer;
  private final List<StreamLane> lanes;
  private final Clock clock;
  private final QueueMeter meter;
  private final StreamHome home;
  private final List<Long> timers = new ArrayList<>();

  /** Makes it; {@link #start} begins. */
  StreamKeeper(
      Vertx vertx,
      RedisLink redis,
      StreamKeys keys,
      QueueSettings settings,
      String consumer,
      List<StreamLane> lanes,
      Clock clock,
      QueueMeter meter,
      StreamHome home) {
    this.vertx = vertx;
    this.redis = redis;
    this.keys = keys;
    this.settings = settings;
    this.consumer = consumer;
    this.lanes = lanes;
    this.clock = clock;
    this.meter = meter;
    this.home = home;
  }

  private static RedisScript script(String file) {
    return RedisScript.of(StreamKeeper.class, file);
  }

  void start() {
    long sign = settings.claimAfter().toMillis() / SIGNS;
    every(PROMOTE_MILLIS, this::promote);
    every(sign, this::giveSigns);
    every(sign, this::measure);
    every(FORGET_MILLIS, this::forgetConsumers);
  }

  private void every(long millis, Runnable work) {
    timers.add(
        vertx.setPeriodic(
            millis,
            due -> {
              if (redis.isUp()) {
                work.run();
              }
            }));
  }

  void close() {
    timers.forEach(vertx::cancelTimer);
    timers.clear();
  }

  private void giveSigns() {
    home.held()
        .forEach(
            (lane, entries) -> {
              for (int i = 0; i < entries.size(); i += MOST_AT_ONCE) {
                giveSign(lane, entries.subList(i, Math.min(entries.size(), i + MOST_AT_ONCE)));
              }
            });
  }

  private void giveSign(StreamLane lane, List<StreamEntry> entries) {
    Request sign =
        Request.cmd(Command.XCLAIM).arg(lane.key()).arg(StreamKeys.GROUP).arg(consumer).arg(0);
    entries.forEach(entry -> sign.arg(entry.entry()));
    // What was acknowledged meanwhile stays so: nothing is claimed that is not pending.
    send(sign.arg("JUSTID"));
  }

  private void promote() {
    send(Request.cmd(Command.ZRANGE)
            .arg(keys.delayed())
            .arg("-inf")
            .arg(clock.millis())
            .arg("BYSCORE")
            .arg("LIMIT")
            .arg(0)
            .arg(MOST_AT_ONCE))
        .onSuccess(this::promote);
  }

  private void promote(Response due) {
    List<String> names = new ArrayList<>();
    names.add(keys.delayed());
    List<StreamLane> streams = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    for (Response text : due) {
      DelayedMember member = DelayedMember.parse(text.toString());
      StreamLane lane = member == null ? null : laneOf(member);
      if (member == null || lane == null) {
        send(Request.cmd(Command.ZREM).arg(keys.delayed()).arg(text.toString()));
        continue;
      }
      if (!streams.contains(lane)) {
        streams.add(lane);
        names.add(lane.key());
      }
      arguments.add(Integer.toString(streams.indexOf(lane) + 1));
      arguments.add(member.text());
      arguments.add(member.id());
    }
    if (!arguments.isEmpty()) {
      Request call = PROMOTE.call(names).arg(settings.laneLimit());
      arguments.forEach(call::arg);
      send(call)
          .onSuccess(
              full -> {
                for (Response stream : full) {
                  streams.get((int) RedisScript.number(stream) - 1).leaveToLedger(clock.millis());
                }
              });
    }
  }

  private @Nullable StreamLane laneOf(DelayedMember member) {
    return lanes.stream()
        .filter(lane -> lane.lane().code() == member.laneCode())
        .findFirst()
        .orElse(null);
  }

  private void measure() {
    List<String> names = new ArrayList<>(List.of(keys.delayed(), keys.dead()));
    names.addAll(keys.lanes(lanes));
    send(SIZES.call(names).arg(StreamKeys.GROUP)).onSuccess(this::measured);
  }

  private void measured(Response sizes) {
    long waiting = 0;
    long pending = 0;
    boolean groupsAreGone = false;
    for (int i = 0; i < lanes.size(); i++) {
      long length = RedisScript.number(sizes.get(2 + 2 * i));
      long givenOut = RedisScript.number(sizes.get(3 + 2 * i));
      if (givenOut < 0) {
        groupsAreGone = true;
        continue;
      }
      waiting += Math.max(0, length - givenOut);
      pending += givenOut;
      if (givenOut > 0) {
        claim(lanes.get(i));
      }
    }
    meter.sizes(
        waiting, pending, RedisScript.number(sizes.get(0)), RedisScript.number(sizes.get(1)));
    if (groupsAreGone) {
      home.begunAnew();
    }
  }

  private void claim(StreamLane lane) {
    int most = Math.min(MOST_AT_ONCE, home.room(lane));
    if (most <= 0) {
      return;
    }
    send(CLAIM
            .call(List.of(lane.key(), keys.dead()))
            .arg(StreamKeys.GROUP)
            .arg(consumer)
            .arg(settings.claimAfter().toMillis())
            .arg(lane.claimCursor())
            .arg(most)
            .arg(MOST_GIVEN_OUT)
            .arg(settings.deadLetterLimit())
            .arg(StreamKeys.name(lane.lane())))
        .onSuccess(answer -> claimed(lane, answer));
  }

  private void claimed(StreamLane lane, Response answer) {
    lane.setClaimCursor(answer.get(0).toString());
    int buried = (int) RedisScript.number(answer.get(1));
    if (buried > 0) {
      LOG.warn(
          "{} entries of {} were given out {} times and not finished; they are dead letters in"
              + " Redis, and the ledger decides on their notifications",
          buried,
          lane.lane(),
          MOST_GIVEN_OUT);
      meter.buried(buried);
    }
    int taken = 0;
    for (int i = 2; i + 1 < answer.size(); i += 2) {
      String entry = answer.get(i).toString();
      NotificationId id = NotificationId.parse(answer.get(i + 1).toString()).orElse(null);
      if (id != null) {
        lane.announced().add(new StreamEntry(lane.lane(), entry, id));
        taken++;
      }
    }
    if (taken > 0) {
      LOG.info("{} entries of {} were taken over from another gateway", taken, lane.lane());
      meter.claimed(taken);
      home.announced(List.of(lane));
    }
  }

  private void forgetConsumers() {
    send(
        FORGET
            .call(keys.lanes(lanes))
            .arg(StreamKeys.GROUP)
            .arg(consumer)
            .arg(Math.max(FORGET_MILLIS, 2 * settings.claimAfter().toMillis())));
  }

  private Future<Response> send(Request call) {
    return redis
        .send(call)
        .onFailure(failure -> LOG.debug("Redis did not answer {}", call.command(), failure));
  }
}
