package io.signalbox.gateway.queue;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.redis.TestRedis;
import io.signalbox.spi.intake.Priority;
import io.vertx.redis.client.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to Redis, everything is done, and nothing twice. */
@Timeout(240)
class RedisQueueOutageTest {
  private static final int SOME = 60;

  @TempDir private Path folder;
  private final List<TestRedis> servers = new ArrayList<>();
  private final List<WorkItem> sent = new ArrayList<>();
  private QueueRig rig;
  private QueueWorker one;
  private QueueWorker two;

  @AfterEach
  void stop() throws Exception {
    rig.close();
    servers.forEach(TestRedis::close);
  }

  private TestRedis server(String... options) {
    TestRedis server = TestRedis.start(folder.resolve("redis" + servers.size()), options);
    servers.add(server);
    return server;
  }

  private void begin(Map<String, String> settings) throws Exception {
    Map<String, String> all = new HashMap<>(settings);
    all.put("redis.command_timeout", "400ms");
    rig = new QueueRig(folder, all);
    one = rig.redisWorker("one", true);
    two = rig.redisWorker("two", true);
    send();
    allIsDone();
  }

  private void begin(TestRedis redis) throws Exception {
    begin(Map.of("redis.urls", redis.url()));
  }

  private void send() throws Exception {
    sent.addAll(rig.send(one, SOME, Priority.NORMAL));
    sent.addAll(rig.send(two, SOME, Priority.URGENT));
  }

  private void hold(boolean held) throws Exception {
    one.open(!held);
    two.open(!held);
  }

  private void allIsDone() {
    Set<NotificationId> expected = new HashSet<>();
    sent.forEach(item -> expected.add(item.id()));
    await()
        .atMost(QueueRig.LIMIT)
        .untilAsserted(
            () -> {
              List<NotificationId> ended = new ArrayList<>(one.endedIds());
              ended.addAll(two.endedIds());
              assertThat(ended).doesNotHaveDuplicates();
              assertThat(new HashSet<>(ended)).isEqualTo(expected);
            });
  }

  @Test
  void aRedisThatIsKilledAndComesBackEmptyCostsNothing() throws Exception {
    TestRedis redis = server();
    begin(redis);
    hold(true);
    send();
    redis.kill();
    send();
    hold(false);
    allIsDone();

    redis.restart();
    send();
    allIsDone();
    streamsAreUsed();
  }

  @Test
  void aFrozenRedisHoldsNobodyUp() throws Exception {
    TestRedis redis = server();
    begin(redis);
    redis.freeze();
    send();
    allIsDone();

    redis.thaw();
    send();
    allIsDone();
    streamsAreUsed();
  }

  @Test
  void aSlowRedisHoldsNobodyUp() throws Exception {
    begin(server());
    for (int i = 0; i < 3; i++) {
      // Its own answer may be too late as well.
      await()
          .atMost(QueueRig.LIMIT)
          .ignoreExceptions()
          .until(() -> rig.ask(Command.CLIENT, "PAUSE", 300) != null);
      send();
    }
    allIsDone();
    streamsAreUsed();
  }

  @Test
  void whatIsFlushedComesFromTheLedgerAndTheGroupsAreMadeAgain() throws Exception {
    begin(server());
    hold(true);
    send();
    rig.ask(Command.FLUSHALL);
    rig.ask(Command.SCRIPT, "FLUSH");
    send();
    hold(false);

    allIsDone();
    streamsAreUsed();
  }

  @Test
  void followsTheMasterThatSentinelsChoose() throws Exception {
    TestRedis first = server();
    server("--replicaof", "127.0.0.1", Integer.toString(first.port()));
    int port = TestRedis.freePort();
    Path conf =
        Files.writeString(
            folder.resolve("sentinel.conf"),
            "sentinel monitor mymaster 127.0.0.1 "
                + first.port()
                + " 1\nsentinel down-after-milliseconds mymaster 500\n"
                + "sentinel failover-timeout mymaster 3000\n");
    servers.add(TestRedis.sentinelOn(port, folder.resolve("sentinel"), conf));
    begin(Map.of("redis.urls", "redis://127.0.0.1:" + port, "redis.mode", "sentinel"));
    await()
        .atMost(QueueRig.LIMIT)
        .ignoreExceptions()
        .until(() -> rig.ask(Command.INFO, "replication").toString().contains("state=online"));

    first.kill();
    send();

    allIsDone();
  }

  @Test
  void allKeysLieOnOneNodeOfACluster() throws Exception {
    TestRedis node = server("--cluster-enabled", "yes");
    TestRedis other = server("--cluster-enabled", "yes");
    QueueRig direct = new QueueRig(folder.resolve("direct"), Map.of("redis.urls", node.url()));
    QueueRig beside = new QueueRig(folder.resolve("beside"), Map.of("redis.urls", other.url()));
    direct.ask(Command.CLUSTER, slots(0, 8_191));
    beside.ask(Command.CLUSTER, slots(8_192, 16_383));
    direct.ask(Command.CLUSTER, "MEET", "127.0.0.1", other.port());
    await()
        .atMost(QueueRig.LIMIT)
        .ignoreExceptions()
        .until(
            () ->
                direct.ask(Command.CLUSTER, "INFO").toString().contains("cluster_state:ok")
                    && beside.ask(Command.CLUSTER, "INFO").toString().contains("cluster_state:ok"));

    begin(Map.of("redis.urls", node.url(), "redis.mode", "cluster"));
    streamsAreUsed();

    long here = direct.ask(Command.DBSIZE).toLong();
    long there = beside.ask(Command.DBSIZE).toLong();
    assertThat(Math.min(here, there)).isZero();
    assertThat(Math.max(here, there)).isPositive();
    direct.close();
    beside.close();
  }

  private static Object[] slots(int first, int last) {
    List<Object> command = new ArrayList<>(List.of("ADDSLOTS"));
    for (int slot = first; slot <= last; slot++) {
      command.add(slot);
    }
    return command.toArray();
  }

  /** What is offered goes into the streams again, once the ledger has nothing older. */
  private void streamsAreUsed() {
    await()
        .atMost(QueueRig.LIMIT)
        .ignoreExceptions()
        .until(
            () -> {
              hold(true);
              sent.addAll(rig.send(one, 1, Priority.LOW));
              String stream = rig.keys().lane(sent.get(sent.size() - 1).lane());
              boolean used = false;
              long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
              while (!used && System.nanoTime() < until) {
                used = rig.ask(Command.XLEN, stream).toLong() > 0;
              }
              hold(false);
              allIsDone();
              return used;
            });
  }
}
