package io.signalbox.deploy;

import io.signalbox.gateway.redis.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateways of process tests keep what they have: in their data directories, or, in
 * classes that say {@link OnServers} and everywhere with {@code -Dsignalbox.test.store=servers}, in
 * a PostgreSQL and a Redis that the tests of one JVM share, or that {@code SIGNALBOX_TEST_PG_URI}
 * and {@code SIGNALBOX_TEST_REDIS_URI} name. There each data directory has a database and keys of
 * its own. Thread-safe.
 */
final class TestStore {
  private static final boolean ALWAYS_ON_SERVERS =
      "servers".equals(System.getProperty("signalbox.test.store"));
  private static final Map<Path, PostgresDatabase> DATABASES = new HashMap<>();
  private static @Nullable PostgresDatabase postgres;
  private static @Nullable String redis;
  private static volatile boolean onServers;

  private TestStore() {}

  static void useServers(boolean servers) {
    onServers = servers;
  }

  /** Adds to a gateway's settings where its store is. */
  static GatewaySettings configured(GatewaySettings settings) {
    return ALWAYS_ON_SERVERS || onServers ? onServers(settings) : settings;
  }

  private static synchronized GatewaySettings onServers(GatewaySettings settings) {
    Path data = settings.dataDir();
    try {
      Files.createDirectories(data);
      PostgresDatabase database = DATABASES.get(data);
      if (database == null) {
        PostgresDatabase server = server();
        database = DATABASES.isEmpty() ? server : server.another();
        DATABASES.put(data, database);
      }
      return database
          .settings(settings, data)
          .with("redis.urls", redis())
          .with("redis.prefix", database.name())
          // Nothing is broken here: a slow machine must not look like a server that is away.
          .with("redis.command_timeout", "20s")
          .with("redis.connect_timeout", "20s")
          .with("postgres.connect_timeout", "20s")
          .with("spool.patience", "30s");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PostgresDatabase server() throws IOException, SQLException {
    PostgresDatabase known = postgres;
    if (known == null) {
      PostgresDatabase made = PostgresDatabase.create();
      postgres = made;
      atTheEnd(TestStore::dropAll);
      return made;
    }
    return known;
  }

  private static String redis() throws IOException {
    String known = redis;
    if (known == null) {
      String existing = System.getenv("SIGNALBOX_TEST_REDIS_URI");
      known = existing == null || existing.isBlank() ? startRedis() : named(existing);
      redis = known;
    }
    return known;
  }

  private static String startRedis() throws IOException {
    TestRedis started = TestRedis.start(Files.createTempDirectory("signalbox-redis"));
    atTheEnd(started::close);
    return started.url();
  }

  /** Whether a Redis that somebody named was really used, nobody could tell otherwise. */
  private static String named(String url) throws IOException {
    Map<String, Long> before = RedisUse.calls(url);
    atTheEnd(() -> tellUse(url, before));
    return url;
  }

  private static void tellUse(String url, Map<String, Long> before) {
    try {
      Report.print(
          "the Redis of SIGNALBOX_TEST_REDIS_URI was used: %s",
          RedisUse.ofStreams(before, RedisUse.calls(url)));
    } catch (IOException e) {
      Report.print("whether the Redis of SIGNALBOX_TEST_REDIS_URI was used is not known: %s", e);
    }
  }

  /** What the tests of a JVM share ends with it. */
  private static void atTheEnd(Runnable end) {
    Runtime.getRuntime().addShutdownHook(new Thread(end));
  }

  private static synchronized void dropAll() {
    PostgresDatabase server = postgres;
    for (PostgresDatabase database : DATABASES.values()) {
      if (!database.equals(server)) {
        drop(database);
      }
    }
    if (server != null) {
      drop(server);
    }
  }

  private static void drop(PostgresDatabase database) {
    try {
      database.close();
    } catch (IOException | SQLException e) {
      Report.print("a database is left: %s", e);
    }
  }
}
