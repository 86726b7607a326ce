package io.signalbox.gateway.ranking;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.ProviderReset;
import io.signalbox.gateway.bus.ProviderMessages.ProvidersLoaded;
import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.notification.NotificationJson;
import io.signalbox.gateway.redis.RedisLink;
import io.signalbox.gateway.redis.TestRedis;
import io.signalbox.gateway.shared.SharedHealthVerticle;
import io.signalbox.scoring.HealthSnapshot;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes with ledgers of their own and one Redis: what one learns of a provider all rank by. */
@Timeout(240)
class SharedHealthTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final Random random = new Random(20);
  private final List<Node> nodes = new ArrayList<>();
  private TestRedis server;

  /** The verticles of one node that know of health. */
  private final class Node {
    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.install(vertx);
    private final SqlLedger ledger;
    private final RedisLink redis;
    private volatile HealthSnapshot health = HealthSnapshot.UNTRIED;

    Node(String name) throws Exception {
      GatewayConfig config =
          ConfigLoader.load(
              Optional.empty(),
              Map.of(),
              Map.of("redis.urls", server.url(), "redis.command_timeout", "10s"));
      ledger =
          end(
              SqliteLedger.open(
                  vertx,
                  folder.resolve(name + ".db"),
                  SqlLedgerOptions.of(config.ledger()),
                  new NotificationJson()));
      redis = end(RedisLink.of(vertx, config.redis()));
      end(redis.start());
      bus.listen(Addresses.RANKING, Ranked.class, this::ranked);
      end(
          vertx.deployVerticle(
              new ScoringVerticle(
                  bus,
                  ledger.reports(),
                  ledger.providers(),
                  ledger.nodes(),
                  config,
                  Clock.systemUTC(),
                  random.nextLong())));
      end(
          vertx.deployVerticle(
              new SharedHealthVerticle(bus, redis, "test", name, Clock.systemUTC())));
      bus.publish(Addresses.PROVIDERS, ProviderStates.active("a", 1));
      bus.publish(Addresses.PROVIDERS_LOADED, new ProvidersLoaded());
      nodes.add(this);
    }

    private void ranked(Ranked ranked) {
      ChannelRanking sms = ranked.channels().get(Channel.SMS);
      if (sms != null) {
        health = sms.ranking().find("a").health();
      }
    }

    void observe(int successes, int failures) {
      for (int i = 0; i < successes + failures; i++) {
        OutcomeKind outcome = i < successes ? OutcomeKind.SENT : OutcomeKind.TRANSIENT;
        bus.publish(
            Addresses.OUTCOMES,
            new Observed(
                "a",
                Channel.SMS,
                outcome,
                null,
                random.nextInt(1_000),
                Clock.systemUTC().millis()));
      }
    }

    boolean hasFullWindow() {
      return health.attempts() == 100;
    }

    void close() throws Exception {
      end(redis.close());
      end(vertx.close().compose(closed -> ledger.close()));
    }
  }

  @BeforeEach
  void start() {
    server = TestRedis.start(folder.resolve("redis"));
  }

  @AfterEach
  void stop() throws Exception {
    for (Node node : nodes) {
      node.close();
    }
    server.close();
  }

  @Test
  void whatOneNodeLearnsAllRankBy() throws Exception {
    Node first = new Node("first");
    Node second = new Node("second");
    Node third = new Node("third");

    first.observe(10, 5);
    second.observe(20, 0);
    third.observe(0, 8);
    awaitAgreement(30, 13);

    first.observe(60, 20);
    second.observe(70, 30);
    // Which of them are the newest hundred is up to chance, and the three already agreed on 43.
    await().atMost(LIMIT).until(() -> nodes.stream().allMatch(Node::hasFullWindow));
    awaitAgreement();

    second.bus.publish(Addresses.PROVIDERS_RESET, new ProviderReset("a"));
    awaitAgreement(0, 0);
    third.observe(2, 1);
    awaitAgreement(2, 1);
  }

  @Test
  void whoStartsLaterLearnsWhatWasTold() throws Exception {
    Node first = new Node("first");
    Node second = new Node("second");
    first.observe(10, 5);
    awaitAgreement(10, 5);

    Node late = new Node("late");
    awaitAgreement(10, 5);
    late.observe(1, 1);
    awaitAgreement(11, 6);
    assertThat(second.health.averageResponseMillis())
        .isEqualTo(late.health.averageResponseMillis());
  }

  @Test
  void eachGoesOnWithoutRedisAndTellsWhenItIsBackAndEmpty() throws Exception {
    Node first = new Node("first");
    Node second = new Node("second");
    first.observe(10, 5);
    second.observe(3, 0);
    awaitAgreement(13, 5);

    server.kill();
    await().atMost(LIMIT).until(() -> !first.redis.isUp() && !second.redis.isUp());
    first.observe(0, 7);
    second.observe(4, 0);
    await()
        .atMost(LIMIT)
        .until(() -> first.health.failures() == 12 && second.health.successes() == 17);
    assertThat(second.health.failures()).isEqualTo(5);

    server.restart();
    awaitAgreement(17, 12);
  }

  @Test
  void whatCannotBeReadHoldsNothingUp() throws Exception {
    Node first = new Node("first");
    Node second = new Node("second");
    first.observe(1, 0);
    awaitAgreement(1, 0);
    add("number", "7");
    add("run", "other", "number", "seven", "news", "[]", "at", "0");
    add("run", "other", "number", "8", "news", "[{\"provider\":\"a\"}]", "at", "0");
    long ahead = Clock.systemUTC().millis() + 3_600_000;
    add("run", "ahead", "number", "1", "at", Long.toString(ahead), "news", failureAt(ahead));
    add("run", "other", "number", "9", "at", "0", "news", failureAt(ahead - 3_600_000));
    // Once more, as after a time-out.
    add("run", "other", "number", "9", "at", "0", "news", failureAt(ahead - 3_599_999));

    awaitAgreement(1, 1);
    second.observe(1, 0);
    awaitAgreement(2, 1);
  }

  private static String failureAt(long at) {
    return "[{\"provider\":\"a\",\"reset_at\":0,\"attempts\":[["
        + at
        + ",7,false,10]],\"counts\":[],\"accepted\":[],\"news\":[]}]";
  }

  private void add(String... fields) throws Exception {
    Request add = Request.cmd(Command.XADD).arg("test:health").arg("*");
    for (String field : fields) {
      add.arg(field);
    }
    end(nodes.get(0).redis.send(add));
  }

  private void awaitAgreement(int successes, int failures) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(nodes)
                    .allSatisfy(
                        node -> {
                          assertThat(node.health.successes()).isEqualTo(successes);
                          assertThat(node.health.failures()).isEqualTo(failures);
                        }));
    awaitAgreement();
  }

  private void awaitAgreement() {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(nodes)
                    .extracting(node -> node.health)
                    .containsOnly(nodes.get(0).health));
  }

  private static <T> T end(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
