package io.signalbox.gateway.shared;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.HealthMessages.HealthConnected;
import io.signalbox.gateway.bus.HealthMessages.HealthElsewhere;
import io.signalbox.gateway.bus.HealthMessages.HealthNews;
import io.signalbox.gateway.bus.HealthMessages.TakeHealthNews;
import io.signalbox.gateway.bus.ProviderMessages.ProvidersLoaded;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.redis.RedisLink;
import io.signalbox.gateway.redis.TestRedis;
import io.signalbox.gateway.trail.CapturedTrail;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class SharedHealthVerticleTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String NEWS =
      "[{\"provider\":\"a\",\"reset_at\":0,\"attempts\":[[5,7,false,10]],"
          + "\"counts\":[],\"accepted\":[],\"news\":[]}]";

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.install(vertx);
  private TestRedis server;
  private RedisLink redis;

  @BeforeEach
  void start() {
    server = TestRedis.start(folder.resolve("redis"));
    redis =
        end(
            RedisLink.of(
                vertx,
                ConfigLoader.load(
                        Optional.empty(),
                        Map.of(),
                        Map.of("redis.urls", server.url(), "redis.command_timeout", "30s"))
                    .redis()));
  }

  @AfterEach
  void stop() {
    end(redis.close());
    end(vertx.close());
    server.close();
  }

  private void deploy() {
    end(
        vertx.deployVerticle(
            new SharedHealthVerticle(bus, redis, "test", "here", Clock.systemUTC())));
  }

  @Test
  void whoStartsWithoutRedisBeginsCutOffUntilItIsThere() {
    List<Boolean> told = new CopyOnWriteArrayList<>();
    bus.listen(
        Addresses.HEALTH_CONNECTED, HealthConnected.class, news -> told.add(news.connected()));
    deploy();
    await().atMost(LIMIT).until(() -> told.equals(List.of(false)));
    end(redis.start());
    await().atMost(LIMIT).untilAsserted(() -> assertThat(told).startsWith(false, true));
  }

  @Test
  void whoCannotTellStillHears() {
    List<HealthElsewhere> heard = new CopyOnWriteArrayList<>();
    bus.listen(Addresses.HEALTH_ELSEWHERE, HealthElsewhere.class, heard::add);
    end(redis.start());
    deploy();
    bus.answer(
        Addresses.HEALTH_NEWS,
        TakeHealthNews.class,
        asked -> Future.failedFuture(new IllegalStateException("no news can be had")));
    bus.publish(Addresses.PROVIDERS_LOADED, new ProvidersLoaded());
    tellOfOther();
    await().atMost(LIMIT).until(() -> !heard.isEmpty());
  }

  private void tellOfOther() {
    end(
        redis.send(
            Request.cmd(Command.XADD)
                .arg("test:health")
                .arg("*")
                .arg("run")
                .arg("other")
                .arg("number")
                .arg("1")
                .arg("at")
                .arg("0")
                .arg("news")
                .arg(NEWS)));
  }

  @Test
  void whoStartsLeavesInTheStreamWhatItHasNotRead() {
    end(redis.start());
    // As ten gateways tell in a minute.
    end(
        redis.send(
            Request.cmd(Command.EVAL)
                .arg(
                    "for i = 1, 3000 do redis.call('XADD', KEYS[1], '*', 'run', 'run-' .. (i % 10),"
                        + " 'number', i, 'at', ARGV[1], 'news', '[]') end")
                .arg(1)
                .arg("test:health")
                .arg(System.currentTimeMillis())));
    HealthNews news = new HealthNews(HealthForm.decode(NEWS).orElseThrow());
    bus.answer(Addresses.HEALTH_NEWS, TakeHealthNews.class, asked -> Future.succeededFuture(news));
    deploy();
    bus.publish(Addresses.PROVIDERS_LOADED, new ProvidersLoaded());

    // Some of its own, before and after it has read all.
    await().atMost(LIMIT).until(() -> entries() >= 3_000 + 25 || entries() < 3_000);
    assertThat(entries()).isGreaterThan(3_000);
  }

  private long entries() {
    return end(redis.send(Request.cmd(Command.XLEN).arg("test:health"))).toLong();
  }

  @Test
  void thatTheRankingHasEndedIsNoTroubleToTellOf() throws Exception {
    List<HealthElsewhere> heard = new CopyOnWriteArrayList<>();
    bus.listen(Addresses.HEALTH_ELSEWHERE, HealthElsewhere.class, heard::add);
    end(redis.start());
    try (CapturedTrail log = new CapturedTrail(SharedHealthVerticle.class)) {
      deploy();
      // As at the end of a gateway: nobody answers for what is new here.
      bus.publish(Addresses.PROVIDERS_LOADED, new ProvidersLoaded());
      tellOfOther();
      await().atMost(LIMIT).until(() -> !heard.isEmpty());
      assertThat(log.from(Level.WARN)).isEmpty();
    }
  }

  @Test
  void aClockThatIsAheadIsNewsOnce() {
    OtherRuns runs = new OtherRuns();
    assertThat(runs.isFirstAhead("a")).isTrue();
    assertThat(runs.isFirstAhead("a")).isFalse();
    assertThat(runs.isFirstAhead("b")).isTrue();
  }

  @Test
  void whatIsReadTwiceCountsOnceAndWhoFellSilentCountsNoMore() {
    OtherRuns runs = new OtherRuns();
    assertThat(runs.isNew("a", 1, 1_000)).isTrue();
    assertThat(runs.isNew("b", 1, 5_000)).isTrue();
    assertThat(runs.isNew("b", 1, 9_000)).isFalse();
    assertThat(runs.heardSince(0)).isEqualTo(2);
    assertThat(runs.heardSince(1_000)).isEqualTo(1);
    assertThat(runs.heardSince(5_000)).isZero();
  }

  private static <T> T end(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
