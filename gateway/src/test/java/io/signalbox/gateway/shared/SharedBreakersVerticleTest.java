package io.signalbox.gateway.shared;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.BreakerMessages.BreakerAgreed;
import io.signalbox.gateway.bus.BreakerMessages.BreakerDecided;
import io.signalbox.gateway.bus.BreakerMessages.BreakersAsked;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.RedisSettings;
import io.signalbox.gateway.redis.RedisLink;
import io.signalbox.gateway.redis.TestRedis;
import io.signalbox.scoring.breaker.BreakerSnapshot;
import io.signalbox.scoring.breaker.BreakerState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class SharedBreakersVerticleTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String KEY = "signalbox:breakers";

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.install(vertx);
  private final Map<String, BreakerSnapshot> agreed = new ConcurrentHashMap<>();
  private TestRedis server;
  private RedisLink redis;

  @BeforeEach
  void start() throws Exception {
    server = TestRedis.start(folder);
    RedisSettings settings =
        ConfigLoader.load(
                Optional.empty(),
                Map.of(),
                Map.of("redis.urls", server.url(), "redis.command_timeout", "30s"))
            .redis();
    redis = end(RedisLink.of(vertx, settings));
    end(redis.start());
    bus.listen(
        Addresses.BREAKERS_AGREED,
        BreakerAgreed.class,
        each -> agreed.put(each.provider(), each.snapshot()));
    end(vertx.deployVerticle(new SharedBreakersVerticle(bus, redis, "signalbox")));
  }

  @AfterEach
  void stop() throws Exception {
    end(redis.close());
    server.close();
    end(vertx.close());
  }

  @Test
  void theScriptKeepsWhatSupersedes() throws Exception {
    List<BreakerSnapshot> all = new ArrayList<>();
    for (long generation : List.of(1L, 2L, 10L)) {
      for (BreakerState state : BreakerState.values()) {
        all.add(snapshot(state, generation, 0));
        all.add(snapshot(state, generation, 1_800_000_000_123L));
      }
    }
    Map<String, BreakerSnapshot> winners = new HashMap<>();
    Map<String, BreakerSnapshot> heard = new HashMap<>();
    for (BreakerSnapshot first : all) {
      for (BreakerSnapshot second : all) {
        String provider = "p" + winners.size();
        decide(provider, first);
        decide(provider, second);
        boolean newer = second.supersedes(first);
        winners.put(provider, newer ? second : first);
        if (!newer && !second.equals(first)) {
          // Who lost is told who won.
          heard.put(provider, first);
        }
      }
    }

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(storedAll()).isEqualTo(winners);
              assertThat(agreed).containsAllEntriesOf(heard);
            });
  }

  @Test
  void whatAnotherGatewayStoredIsTold() throws Exception {
    BreakerSnapshot open = snapshot(BreakerState.OPEN, 7, 1_800_000_000_000L);
    store("sendgrid", BreakerForm.encode(open));

    await().atMost(LIMIT).untilAsserted(() -> assertThat(agreed).containsEntry("sendgrid", open));
  }

  @Test
  void whatCannotBeReadHoldsNothingUp() throws Exception {
    for (String junk : List.of("", "[]", "{}", "null", "{\"state\":\"ajar\"}", "\"open\"")) {
      store("junk" + junk.length(), junk);
    }
    BreakerSnapshot open = snapshot(BreakerState.OPEN, 7, 1_800_000_000_000L);
    store("sendgrid", BreakerForm.encode(open));

    await().atMost(LIMIT).untilAsserted(() -> assertThat(agreed).containsOnlyKeys("sendgrid"));

    decide("junk2", open);
    await().atMost(LIMIT).until(() -> stored("junk2").equals(Optional.of(open)));
  }

  @Test
  void aHashThatVanishesIsWrittenAnew() throws Exception {
    BreakerSnapshot open = snapshot(BreakerState.OPEN, 7, 1_800_000_000_000L);
    bus.listen(Addresses.BREAKERS_ASKED, BreakersAsked.class, asked -> decide("sendgrid", open));
    decide("sendgrid", open);
    await().atMost(LIMIT).until(() -> stored("sendgrid").isPresent());

    end(redis.send(Request.cmd(Command.FLUSHALL)));

    await().atMost(LIMIT).until(() -> stored("sendgrid").equals(Optional.of(open)));
  }

  @Test
  void whatRedisRefusedIsToldAgainWhenItTakesIt() throws Exception {
    BreakerSnapshot open = snapshot(BreakerState.OPEN, 7, 1_800_000_000_000L);
    bus.listen(Addresses.BREAKERS_ASKED, BreakersAsked.class, asked -> decide("sendgrid", open));
    end(redis.send(Request.cmd(Command.CONFIG).arg("SET").arg("maxmemory").arg("1")));
    decide("sendgrid", open);
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> redis.isUp() && stored("sendgrid").isEmpty());

    end(redis.send(Request.cmd(Command.CONFIG).arg("SET").arg("maxmemory").arg("0")));

    await().atMost(LIMIT).until(() -> stored("sendgrid").equals(Optional.of(open)));
  }

  private static BreakerSnapshot snapshot(BreakerState state, long generation, long openUntil) {
    return new BreakerSnapshot(
        state, generation, 1_700_000_000_000L, openUntil, 30_000, 0, false, "for a test");
  }

  private void decide(String provider, BreakerSnapshot snapshot) {
    bus.publish(Addresses.BREAKERS_DECIDED, new BreakerDecided(provider, snapshot));
  }

  private void store(String provider, String state) throws Exception {
    end(redis.send(Request.cmd(Command.HSET).arg(KEY).arg(provider).arg(state)));
  }

  private Optional<BreakerSnapshot> stored(String provider) throws Exception {
    Response state = end(redis.send(Request.cmd(Command.HGET).arg(KEY).arg(provider)));
    return state == null ? Optional.empty() : BreakerForm.decode(state.toString());
  }

  private Map<String, BreakerSnapshot> storedAll() throws Exception {
    Response all = end(redis.send(Request.cmd(Command.HGETALL).arg(KEY)));
    Map<String, BreakerSnapshot> read = new HashMap<>();
    for (String provider : all.getKeys()) {
      read.put(provider, BreakerForm.decode(all.get(provider).toString()).orElseThrow());
    }
    return read;
  }

  private static <T> T end(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
