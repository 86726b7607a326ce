package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.RateMessages.CoolsDown;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.RedisSettings;
import io.signalbox.gateway.ledger.Nodes;
import io.signalbox.gateway.rate.RateSharing;
import io.signalbox.gateway.redis.RedisLink;
import io.signalbox.gateway.redis.TestRedis;
import io.signalbox.gateway.shared.SharedCoolDownsVerticle;
import io.signalbox.gateway.shared.SharedRatesVerticle;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes and one Redis: together they call a provider as often as its file allows. */
@Timeout(240)
class SharedRatesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int RATE = 200;
  private static final int BURST = 24;
  private static final int NODES = 3;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @TempDir private Path folder;
  private final Clock clock = Clock.systemUTC();
  private final AtomicInteger begun = new AtomicInteger();
  private final List<Node> nodes = new ArrayList<>();
  private TestRedis server;

  /** What keeps rates in one node. The board is touched on the context alone. */
  private final class Node {
    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.install(vertx);
    private final List<Long> calledAtMillis = new ArrayList<>();
    private final RedisLink redis;
    private final RateSharing rates = new RateSharing(vertx, bus, Nodes.ALONE, () -> {});
    private final ProviderBoard board =
        new ProviderBoard(1_000, new CoolDownRange(Duration.ofSeconds(1), LONGEST), rates);

    Node(String name) throws Exception {
      RedisSettings settings =
          ConfigLoader.load(
                  Optional.empty(),
                  Map.of(),
                  Map.of("redis.urls", server.url(), "redis.command_timeout", "10s"))
              .redis();
      redis = end(RedisLink.of(vertx, settings));
      end(redis.start());
      PauseNews.listen(bus, rates, board, clock);
      end(vertx.deployVerticle(new SharedRatesVerticle(bus, redis, "test", name)));
      end(vertx.deployVerticle(new SharedCoolDownsVerticle(bus, redis, "test", LONGEST)));
      ask(() -> board.update(state()));
      nodes.add(this);
    }

    /** Calls as often as it may. */
    void hurry() {
      vertx.setPeriodic(
          2,
          tick -> {
            BoardEntry entry = entry();
            long now = clock.millis();
            while (entry.reasonAgainst(now) == null) {
              BoardEntry.Reservation call = entry.reserve(now);
              begun.incrementAndGet();
              calledAtMillis.add(now);
              entry.ended(call, sent(), 1, 1_000, now);
            }
          });
    }

    /**
     * Whether so many calls were ever made in so short a time as the part of one among all would
     * not allow, whatever had been saved up: no pause of the machine makes more of them.
     */
    boolean exceededItsPart() {
      int calls = 3 * BURST;
      double leastMillis = 1_000.0 * (calls - BURST) * NODES / RATE;
      return IntStream.range(RATE, calledAtMillis.size() - calls)
          .anyMatch(i -> calledAtMillis.get(i + calls) - calledAtMillis.get(i) < leastMillis);
    }

    BoardEntry entry() {
      BoardEntry entry = board.find("a");
      assertThat(entry).isNotNull();
      return entry;
    }

    double perSecond() {
      return ask(() -> entry().limits(clock.millis()).perSecond());
    }

    <T> T ask(Supplier<T> question) {
      Promise<T> answer = Promise.promise();
      vertx.runOnContext(go -> answer.complete(question.get()));
      try {
        return end(answer.future());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    void close() throws Exception {
      end(redis.close());
      end(vertx.close());
    }
  }

  @BeforeEach
  void start() throws Exception {
    server = TestRedis.start(folder.resolve("redis"));
    for (int i = 0; i < NODES; i++) {
      new Node("node-" + i);
    }
    await().atMost(LIMIT).until(() -> nodes.stream().allMatch(node -> node.rates.nodes() == NODES));
  }

  @AfterEach
  void stop() throws Exception {
    for (Node node : nodes) {
      node.close();
    }
    server.close();
  }

  @Test
  void togetherTheyKeepToTheRateAndUseAllOfIt() {
    long begin = System.nanoTime();
    nodes.forEach(Node::hurry);
    await().atMost(LIMIT).until(() -> begun.get() >= 3 * RATE);
    assertNoMoreThanTheRateSince(begin);
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(nodes).allSatisfy(node -> assertThat(node.perSecond()).isEqualTo(RATE)));
  }

  private void assertNoMoreThanTheRateSince(long begin) {
    // In this order: nodes go on while this one may stand still.
    int most = begun.get();
    double seconds = (System.nanoTime() - begin) / 1e9;
    // What had been taken ahead before the nodes knew of each other comes on top.
    assertThat((double) most).isLessThanOrEqualTo(RATE * seconds + 2 * BURST);
  }

  @Test
  void oneAloneMayUseAllOfIt() {
    long begin = System.nanoTime();
    Node alone = nodes.get(1);
    alone.hurry();
    await().atMost(LIMIT).until(() -> begun.get() >= 2 * RATE);
    assertNoMoreThanTheRateSince(begin);
    await().atMost(LIMIT).until(() -> alone.ask(alone::exceededItsPart));
  }

  @Test
  void withoutRedisEachKeepsToItsPartUntilItIsBackAndEmpty() {
    server.kill();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(nodes)
                    .allSatisfy(
                        node -> assertThat(node.perSecond()).isEqualTo((double) RATE / NODES)));
    long begin = System.nanoTime();
    nodes.forEach(Node::hurry);
    await().atMost(LIMIT).until(() -> begun.get() >= RATE);
    assertNoMoreThanTheRateSince(begin);

    server.restart();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(nodes).allSatisfy(node -> assertThat(node.perSecond()).isEqualTo(RATE)));
    int before = begun.get();
    await().atMost(LIMIT).until(() -> begun.get() >= before + RATE);
    await().atMost(LIMIT).until(() -> nodes.stream().allMatch(node -> node.rates.nodes() == NODES));
  }

  @Test
  void whoIsToldToWaitTellsTheOthersAlsoWhenRedisHasForgotten() throws Exception {
    Node first = nodes.get(0);
    Node second = nodes.get(1);
    long until =
        first.ask(
            () -> {
              BoardEntry entry = first.entry();
              Outcome refused =
                  new Outcome.Throttled(
                      Duration.ofMinutes(2), Evidence.answered(429, "429", "too many"));
              entry.ended(entry.reserve(clock.millis()), refused, 1, 1_000, clock.millis());
              return entry.coolDown().untilMillis();
            });
    assertThat(until).isGreaterThan(clock.millis());
    awaitCoolDown(second, until);

    end(first.redis.send(Request.cmd(Command.FLUSHALL)));
    server.kill();
    server.restart();
    awaitCoolDown(new Node("late"), until);
  }

  @Test
  void aClockThatIsAheadSilencesNobodyForLongAndWhatIsOverIsForgotten() throws Exception {
    Node node = nodes.get(0);
    String key = "test:cool-downs";
    long before = clock.millis();
    end(
        node.redis.send(
            Request.cmd(Command.HSET).arg(key).arg("gone").arg(before - 1).arg("odd").arg("x")));

    node.bus.publish(
        Addresses.COOL_DOWNS, new CoolsDown("a", before + Duration.ofDays(30).toMillis()));
    await().atMost(LIMIT).until(() -> coolDowns(node, key).containsKey("a"));

    Map<String, String> kept = coolDowns(node, key);
    assertThat(kept).containsOnlyKeys("a");
    assertThat(Long.parseLong(kept.get("a")))
        .isBetween(before, clock.millis() + LONGEST.toMillis());
    assertThat(end(node.redis.send(Request.cmd(Command.PTTL).arg(key))).toLong())
        .isBetween(1L, LONGEST.toMillis());
  }

  private static Map<String, String> coolDowns(Node node, String key) throws Exception {
    Response all = end(node.redis.send(Request.cmd(Command.HGETALL).arg(key)));
    Map<String, String> times = new HashMap<>();
    all.getKeys().forEach(provider -> times.put(provider, all.get(provider).toString()));
    return times;
  }

  private void awaitCoolDown(Node node, long until) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(node.ask(() -> node.entry().coolDown().untilMillis())).isEqualTo(until));
    assertThat(node.ask(() -> node.entry().reasonAgainst(clock.millis())))
        .isEqualTo(BoardEntry.COOLING_DOWN);
  }

  private static Outcome sent() {
    return new Outcome.Sent("id", Evidence.answered(202, null, null));
  }

  private static ProviderState state() {
    return new ProviderState(
        "a",
        "plugin",
        "1",
        1,
        Set.of(Channel.SMS),
        1,
        100,
        new ProviderLimits(1_000, false, RATE, BURST),
        Duration.ofSeconds(10),
        false,
        Stage.ACTIVE,
        new BreakerView("closed", 1, 0, 1, false, "", 0),
        List.of());
  }

  private static <T> T end(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
