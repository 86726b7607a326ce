package io.signalbox.gateway.redis;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.RedisSettings;
import io.signalbox.testkit.TestCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(240)
class RedisLinkTest {
  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final List<AutoCloseable> servers = new ArrayList<>();
  private final List<RedisLink> links = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (RedisLink link : links) {
      end(link.close());
    }
    for (AutoCloseable server : servers) {
      server.close();
    }
    end(vertx.close());
  }

  @Test
  void comesBackByItselfAfterAServerWasKilled() throws Exception {
    TestRedis server = server();
    RedisLink link = connected(Map.of("redis.urls", server.url()));
    List<Boolean> told = new CopyOnWriteArrayList<>();
    link.onChange(told::add);
    set(link, "k", "before");

    server.kill();
    await().until(() -> !link.isUp());
    assertThatThrownBy(() -> set(link, "k", "meanwhile"))
        .isInstanceOf(RedisUnavailableException.class);
    server.restart();
    await().until(link::isUp);

    set(link, "k", "after");
    assertThat(get(link, "k")).isEqualTo("after");
    // Now and then more than one try is needed.
    await().untilAsserted(() -> assertThat(told).startsWith(false, true).endsWith(true));
  }

  @Test
  void aCommandThatIsNotAnsweredEndsTheConnectionAndThoseBehindItFailToo() throws Exception {
    TestRedis server = server();
    RedisLink link =
        connected(Map.of("redis.urls", server.url(), "redis.command_timeout", "300ms"));
    server.freeze();

    List<Future<Response>> waiting = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      waiting.add(link.send(Request.cmd(Command.INCR).arg("counter")));
    }
    for (Future<Response> each : waiting) {
      assertThatThrownBy(() -> end(each)).isInstanceOf(RedisUnavailableException.class);
    }
    // The link learns of it on a thread of its own.
    await().until(() -> !link.isUp());

    server.thaw();
    await().until(link::isUp);
    await()
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              set(link, "k", "thawed");
              assertThat(get(link, "k")).isEqualTo("thawed");
              // The connection that was given up is closed, not left to pile up.
              assertThat(clientsOf(link)).hasSize(1);
            });
  }

  @Test
  void theHeartbeatNoticesAServerThatStandsStillWhenNobodyAsksAnything() {
    TestRedis server = server();
    RedisLink link =
        connected(Map.of("redis.urls", server.url(), "redis.command_timeout", "200ms"));

    server.freeze();
    await().until(() -> !link.isUp());
    server.thaw();
    await().until(link::isUp);
  }

  @Test
  void startsWithoutAServerAndConnectsWhenOneComes() throws Exception {
    int port = TestRedis.freePort();
    RedisLink link = link(Map.of("redis.urls", "redis://127.0.0.1:" + port));
    end(link.start());
    assertThat(link.isUp()).isFalse();

    servers.add(TestRedis.startOn(port, folder.resolve("late"), List.of()));
    await().until(link::isUp);
  }

  @Test
  void aRefusedCommandIsTheCallersAndLeavesTheConnection() throws Exception {
    RedisLink link = connected(Map.of("redis.urls", server().url()));
    set(link, "text", "no list");

    assertThatThrownBy(() -> end(link.send(Request.cmd(Command.LPUSH).arg("text").arg("x"))))
        .hasMessageContaining("WRONGTYPE")
        .isNotInstanceOf(RedisUnavailableException.class);
    assertThat(link.isUp()).isTrue();
  }

  @Test
  void refusesMoreCommandsThanMayWait() throws Exception {
    TestRedis server = server();
    RedisLink link =
        connected(
            Map.of(
                "redis.urls",
                server.url(),
                "redis.max_in_flight",
                "10",
                "redis.command_timeout",
                "60s"));
    server.freeze();
    List<Future<Response>> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      waiting.add(link.send(Request.cmd(Command.INCR).arg("counter")));
    }
    assertThatThrownBy(() -> end(link.send(Request.cmd(Command.INCR).arg("counter"))))
        .hasMessageContaining("too many");

    server.thaw();
    end(Future.all(waiting));
    assertThat(get(link, "counter")).isEqualTo("10");
  }

  @Test
  void leavesAServerThatIsNoLongerTheMaster() throws Exception {
    TestRedis old = server();
    TestRedis other = server();
    RedisLink link = connected(Map.of("redis.urls", old.url()));
    List<Boolean> told = new CopyOnWriteArrayList<>();
    link.onChange(told::add);
    end(
        link.send(
            Request.cmd(Command.REPLICAOF).arg("127.0.0.1").arg(Integer.toString(other.port()))));

    assertThatThrownBy(() -> set(link, "k", "v")).isInstanceOf(RedisUnavailableException.class);
    await().untilAsserted(() -> assertThat(told).startsWith(false));
  }

  @Test
  void signsInAsAnAclUserOverTls() throws Exception {
    TestCertificate certificate = TestCertificate.create(folder);
    Path acl =
        Files.writeString(
            folder.resolve("users.acl"),
            "user default off\n"
                + "user signalbox on >not-so-secret ~signalbox:*"
                + " +@read +@write +eval +time +hello +ping\n");
    int tls = TestRedis.freePort();
    server(
        "--tls-port", Integer.toString(tls),
        "--tls-cert-file", certificate.pem().toString(),
        "--tls-key-file", certificate.pemKey().toString(),
        "--tls-auth-clients", "no",
        "--aclfile", acl.toString());
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "redis.urls",
                "rediss://127.0.0.1:" + tls,
                "redis.ca_file",
                certificate.pem().toString(),
                "redis.user",
                "signalbox",
                "redis.password",
                password("not-so-secret")));

    RedisLink link = connected(settings);
    set(link, "signalbox:k", "v");
    Request script =
        Request.cmd(Command.EVAL)
            .arg("return redis.call('TIME') and redis.call('GET', KEYS[1])")
            .arg(1);
    assertThat(end(link.send(script.arg("signalbox:k"))).toString()).isEqualTo("v");
    assertThatThrownBy(() -> set(link, "another", "v")).hasMessageContaining("NOPERM");

    settings.put("redis.password", password("wrong"));
    RedisLink stranger = link(settings);
    end(stranger.start());
    assertThat(stranger.isUp()).as("with a wrong password").isFalse();

    settings.put("redis.password", password("not-so-secret"));
    settings.put(
        "redis.ca_file",
        TestCertificate.create(Files.createDirectory(folder.resolve("other"))).pem().toString());
    RedisLink distrustful = link(settings);
    end(distrustful.start());
    assertThat(distrustful.isUp()).as("with another authority").isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "redis.password, file:%s/nowhere, redis.password: file:",
    "redis.ca_file, %s/nowhere, redis.ca_file must be a file"
  })
  void aMissingFileIsToldWithItsKey(String key, String value, String told) {
    Map<String, String> settings =
        Map.of("redis.urls", "rediss://127.0.0.1:1", key, value.replace("%s", folder.toString()));

    assertThatThrownBy(() -> link(settings))
        .hasStackTraceContaining(told)
        .hasStackTraceContaining("nowhere");
  }

  @Test
  void aChangedPasswordIsInForceAtTheNextConnection() throws Exception {
    TestRedis server = server();
    RedisLink operator = connected(Map.of("redis.urls", server.url()));
    end(operator.send(requirePass("first")));
    Path file = Files.writeString(folder.resolve("password"), "first");
    RedisLink link =
        connected(Map.of("redis.urls", server.url(), "redis.password", "file:" + file));

    Files.writeString(file, "second");
    end(operator.send(requirePass("second")));
    end(operator.send(Request.cmd(Command.CLIENT).arg("KILL").arg("TYPE").arg("normal")));

    await().ignoreExceptions().untilAsserted(() -> set(link, "k", "v"));
    assertThat(get(link, "k")).isEqualTo("v");
  }

  @Test
  void followsTheMasterThatTheSentinelsChoose() throws Exception {
    TestRedis first = server();
    TestRedis second = server("--replicaof", "127.0.0.1", Integer.toString(first.port()));
    int sentinelPort = TestRedis.freePort();
    Path conf =
        Files.writeString(
            folder.resolve("sentinel.conf"),
            "sentinel monitor mymaster 127.0.0.1 "
                + first.port()
                + " 1\n"
                + "sentinel down-after-milliseconds mymaster 500\n"
                + "sentinel failover-timeout mymaster 3000\n");
    servers.add(TestRedis.sentinelOn(sentinelPort, folder.resolve("sentinel"), conf));
    RedisLink link =
        connected(
            Map.of("redis.urls", "redis://127.0.0.1:" + sentinelPort, "redis.mode", "sentinel"));
    set(link, "k", "first");
    await().until(() -> replicasOf(link) == 1);

    first.kill();

    await()
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              set(link, "k", "second");
              assertThat(get(link, "k")).isEqualTo("second");
            });
    assertThat(get(connected(Map.of("redis.urls", second.url())), "k")).isEqualTo("second");
  }

  @Test
  void findsTheNodeOfAKeyInACluster() throws Exception {
    TestRedis one = server("--cluster-enabled", "yes");
    TestRedis two = server("--cluster-enabled", "yes");
    RedisLink toOne = connected(Map.of("redis.urls", one.url()));
    RedisLink toTwo = connected(Map.of("redis.urls", two.url()));
    end(toOne.send(slots(0, 8_191)));
    end(toTwo.send(slots(8_192, 16_383)));
    end(
        toOne.send(
            Request.cmd(Command.CLUSTER)
                .arg("MEET")
                .arg("127.0.0.1")
                .arg(Integer.toString(two.port()))));
    for (RedisLink node : List.of(toOne, toTwo)) {
      await()
          .until(
              () ->
                  end(node.send(Request.cmd(Command.CLUSTER).arg("INFO")))
                      .toString()
                      .contains("cluster_state:ok"));
    }

    RedisLink link = connected(Map.of("redis.urls", one.url(), "redis.mode", "cluster"));
    for (int i = 0; i < 20; i++) {
      set(link, "key" + i, "v" + i);
    }
    for (int i = 0; i < 20; i++) {
      Request script =
          Request.cmd(Command.EVAL)
              .arg("return redis.call('TIME') and redis.call('GET', KEYS[1])")
              .arg(1);
      assertThat(end(link.send(script.arg("key" + i))).toString()).isEqualTo("v" + i);
    }
    assertThat(keysOf(toOne)).isPositive().isLessThan(20);
    assertThat(keysOf(toOne) + keysOf(toTwo)).isEqualTo(20);
  }

  private static Request requirePass(String password) {
    return Request.cmd(Command.CONFIG).arg("SET").arg("requirepass").arg(password);
  }

  private static Request slots(int first, int last) {
    Request command = Request.cmd(Command.CLUSTER).arg("ADDSLOTS");
    for (int slot = first; slot <= last; slot++) {
      command.arg(Integer.toString(slot));
    }
    return command;
  }

  private static int keysOf(RedisLink link) throws Exception {
    return end(link.send(Request.cmd(Command.DBSIZE))).toInteger();
  }

  private static int replicasOf(RedisLink link) throws Exception {
    String info = end(link.send(Request.cmd(Command.INFO).arg("replication"))).toString();
    return info.contains("state=online") ? 1 : 0;
  }

  private static List<String> clientsOf(RedisLink link) throws Exception {
    return end(link.send(Request.cmd(Command.CLIENT).arg("LIST"))).toString().lines().toList();
  }

  private TestRedis server(String... options) {
    TestRedis server = TestRedis.start(folder.resolve("redis" + servers.size()), options);
    servers.add(server);
    return server;
  }

  private RedisLink connected(Map<String, String> settings) {
    RedisLink link = link(settings);
    link.start();
    await().until(link::isUp);
    return link;
  }

  private RedisLink link(Map<String, String> settings) {
    try {
      Map<String, String> all = new HashMap<>(settings);
      // Who does not wait for a server to be silent has its answers however slow the machine is.
      all.putIfAbsent("redis.command_timeout", "30s");
      all.putIfAbsent("redis.connect_timeout", "10s");
      RedisSettings redis = ConfigLoader.load(Optional.empty(), Map.of(), all).redis();
      RedisLink link = end(RedisLink.of(vertx, redis));
      links.add(link);
      return link;
    } catch (Exception e) {
      throw new IllegalArgumentException(e);
    }
  }

  private String password(String text) throws IOException {
    return "file:" + Files.writeString(folder.resolve("password-" + text), text + "\n");
  }

  private static void set(RedisLink link, String key, String value) throws Exception {
    end(link.send(Request.cmd(Command.SET).arg(key).arg(value)));
  }

  private static String get(RedisLink link, String key) throws Exception {
    return end(link.send(Request.cmd(Command.GET).arg(key))).toString();
  }

  private static <T> T end(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
