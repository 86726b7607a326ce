package io.signalbox.gateway.shared;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.HealthMessages.HealthConnected;
import io.signalbox.gateway.bus.HealthMessages.HealthElsewhere;
import io.signalbox.gateway.bus.HealthMessages.HealthNews;
import io.signalbox.gateway.bus.HealthMessages.HealthSlice;
import io.signalbox.gateway.bus.HealthMessages.TakeHealthNews;
import io.signalbox.gateway.bus.NobodyListensException;
import io.signalbox.gateway.bus.ProviderMessages.ProvidersLoaded;
import io.signalbox.gateway.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the health of providers agree on all gateways of one Redis: each adds what is new on it to a
 * stream, a few times in a second, and reads what the others have added. Whatever is read can be
 * taken in in any order, and what is lost leaves the rest true. Without Redis every gateway goes on
 * with what it knows, and tells the newest of its news when Redis is back.
 */
public final class SharedHealthVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(SharedHealthVerticle.class);

  /** So that telling, reading and ranking are over within the second that is promised. */
  private static final long TICK_MILLIS = 200;

  /** For so long Redis keeps what was told, about: who was away for less misses nothing. */
  private static final long KEPT_MILLIS = 60_000;

  /** How many entries Redis keeps at least, and at most: memory is bounded. */
  private static final int KEPT_LEAST = 1_000;

  private static final int KEPT_MOST = 20_000;

  private static final int READ_AT_ONCE = 200;

  /** Clocks should agree to a second; one that is further ahead would push out all others. */
  private static final long MOST_AHEAD_MILLIS = 10_000;

  /** When all have told what they had to keep while Redis was away. */
  private static final long CAUGHT_UP_MILLIS = 2_000;

  private static final String RUN = "run";
  private static final String NUMBER = "number";
  private static final String AT = "at";
  private static final String NEWS = "news";

  private final Bus bus;
  private final RedisLink redis;
  private final String key;
  private final String run;
  private final Clock clock;
  private final OtherRuns others = new OtherRuns();
  private @Nullable String unsent;
  private long number;
  private String readUntil = "";
  private boolean readAll;
  private boolean busy;
  private boolean cutOff;
  private boolean complained;
  private long timer = -1;

  /**
   * Makes it.
   *
   * @param prefix of its key in Redis
   * @param run tells this run of this gateway apart from all others
   */
  public SharedHealthVerticle(Bus bus, RedisLink redis, String prefix, String run, Clock clock) {
    this.bus = bus;
    this.redis = redis;
    this.key = prefix + ":health";
    this.run = run;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    // Before that nobody would know the providers that others tell of. Ends with the context.
    bus.listen(
        Addresses.PROVIDERS_LOADED,
        ProvidersLoaded.class,
        loaded -> vertx.setPeriodic(TICK_MILLIS, due -> tick()));
    redis.onChange(up -> context.runOnContext(go -> changed(up)));
    if (!redis.isUp()) {
      connected(false);
    }
    return Future.succeededFuture();
  }

  private void changed(boolean up) {
    vertx.cancelTimer(timer);
    if (up) {
      // It may have come back empty, with other ids.
      readUntil = "";
      readAll = false;
      timer = vertx.setTimer(CAUGHT_UP_MILLIS, due -> connected(true));
    } else if (!others.isEmpty()) {
      connected(false);
    }
  }

  private void connected(boolean connected) {
    if (cutOff == connected) {
      cutOff = !connected;
      bus.publish(Addresses.HEALTH_CONNECTED, new HealthConnected(connected));
    }
  }

  private void tick() {
    if (busy || !redis.isUp()) {
      return;
    }
    busy = true;
    // What could not be told, as when Redis has no room, keeps nobody from hearing.
    tell()
        .transform(
            told ->
                read()
                    .compose(
                        read ->
                            told.succeeded()
                                ? Future.<Void>succeededFuture()
                                : Future.<Void>failedFuture(told.cause())))
        .onSuccess(read -> complained = false)
        .onFailure(
            failure -> {
              if (!complained) {
                // Once, not with each of the trials that follow.
                complained = true;
                LOG.warn("the health of providers is not shared: {}", failure.toString());
              }
            })
        .onComplete(done -> busy = false);
  }

  /** What Redis did not confirm is told again with its number. */
  private Future<Void> tell() {
    return (unsent == null ? takeNews() : Future.<Void>succeededFuture())
        .compose(
            taken -> {
              String news = unsent;
              return news == null
                  ? Future.<Void>succeededFuture()
                  : redis.send(add(news)).onSuccess(id -> unsent = null).mapEmpty();
            });
  }

  private Future<Void> takeNews() {
    return bus.request(
            Addresses.HEALTH_NEWS, new TakeHealthNews(), HealthNews.class, Duration.ofSeconds(1))
        .<Void>map(
            news -> {
              if (!news.slices().isEmpty()) {
                unsent = HealthForm.encode(news.slices());
                number++;
              }
              return null;
            })
        .recover(
            failure ->
                // Who collects the news has ended, before this does: there are none.
                failure instanceof NobodyListensException
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  private Request add(String news) {
    return Request.cmd(Command.XADD)
        .arg(key)
        .arg("MAXLEN")
        .arg("~")
        .arg(kept())
        .arg("*")
        .arg(RUN)
        .arg(run)
        .arg(NUMBER)
        .arg(number)
        .arg(AT)
        .arg(clock.millis())
        .arg(NEWS)
        .arg(news);
  }

  /**
   * How many entries Redis is to keep: each gateway that lives adds one in a tick. Who they are is
   * known when the stream was read to its end.
   */
  private long kept() {
    if (!readAll) {
      return KEPT_MOST;
    }
    long gateways = 1L + others.heardSince(clock.millis() - KEPT_MILLIS);
    return Math.min(KEPT_MOST, Math.max(KEPT_LEAST, gateways * (KEPT_MILLIS / TICK_MILLIS)));
  }

  private Future<Void> read() {
    return redis
        .send(
            Request.cmd(Command.XRANGE)
                .arg(key)
                .arg(readUntil.isEmpty() ? "-" : "(" + readUntil)
                .arg("+")
                .arg("COUNT")
                .arg(READ_AT_ONCE))
        .<Void>map(
            entries -> {
              for (Response entry : entries) {
                readUntil = entry.get(0).toString();
                take(fields(entry.get(1)));
              }
              readAll |= entries.size() < READ_AT_ONCE;
              return null;
            });
  }

  private static Map<String, String> fields(Response list) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i + 1 < list.size(); i += 2) {
      fields.put(list.get(i).toString(), list.get(i + 1).toString());
    }
    return fields;
  }

  private void take(Map<String, String> entry) {
    String from = entry.getOrDefault(RUN, run);
    if (from.equals(run)) {
      return;
    }
    long sent = WireNumber.of(entry.get(NUMBER));
    long aheadMillis = WireNumber.of(entry.get(AT)) - clock.millis();
    if (!others.isNew(from, sent, clock.millis())) {
      return;
    }
    if (aheadMillis > MOST_AHEAD_MILLIS) {
      if (others.isFirstAhead(from)) {
        LOG.warn(
            "what another gateway tells of providers is left out: its clock is {} s ahead",
            aheadMillis / 1_000);
      }
      return;
    }
    List<HealthSlice> slices = HealthForm.decode(entry.getOrDefault(NEWS, "")).orElse(List.of());
    if (!slices.isEmpty()) {
      bus.publish(Addresses.HEALTH_ELSEWHERE, new HealthElsewhere(slices));
    }
  }
}
