package io.signalbox.deploy.cluster;

import io.signalbox.deploy.GatewaySettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Keeps nodes, PostgreSQL, Redis and the simulator running for {@code deploy/bench/cluster}, which
 * calls it with the number of nodes, the seconds of each ceiling, the simulator's milliseconds for
 * an answer and a folder. What is where, and the ceilings, stand in {@code cluster.json} there when
 * it says that it is ready.
 */
final class ClusterBench {
  private ClusterBench() {}

  /** Runs until the process is ended. */
  public static void main(String[] arguments) throws Exception {
    int nodes = Integer.parseInt(arguments[0]);
    int seconds = Integer.parseInt(arguments[1]);
    int sinkMillis = Integer.parseInt(arguments[2]);
    Path directory = Files.createDirectories(Path.of(arguments[3]));
    Path providers = providers(directory.resolve("providers"));
    Cluster cluster =
        Cluster.start(
            Vertx.vertx(),
            new NodeNetwork.Loopback(),
            directory,
            nodes,
            sinkMillis,
            settings -> forSpeed(settings, providers));
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
    cluster.simulator().set("telegram", new JsonObject().put("latency_ms", sinkMillis));
    JsonObject ceilings = ceilings(cluster, seconds);
    Files.writeString(
        directory.resolve("cluster.json"),
        new JsonObject()
            .put("urls", new JsonArray(cluster.urls()))
            .put("token", cluster.token())
            .put("simulator", cluster.simulator().url())
            .put("ceilings", ceilings)
            .encodePrettily());
    say("Cluster ready on " + cluster.urls().get(0));
    new CountDownLatch(1).await();
  }

  /** To the script, which waits for it; logs go elsewhere. */
  private static void say(String line) throws IOException {
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static JsonObject ceilings(Cluster cluster, int seconds) {
    Vertx vertx = Vertx.vertx();
    try {
      Ceilings ceilings = new Ceilings(vertx, seconds);
      return new JsonObject()
          .put(
              "postgres_unnest_256_x_2",
              ceilings.postgres(PgConnectOptions.fromUri(cluster.postgresUri())))
          .put("redis_xadd_64_x_2", ceilings.redis(cluster.redisUrl()));
    } finally {
      vertx.close().await();
    }
  }

  /** As an installation has it, and not as tests do. */
  private static GatewaySettings forSpeed(GatewaySettings settings, Path providers) {
    return settings
        .with("java.opts", "-Xmx512m")
        .with("log.level", "warn")
        .with("intake.backlog_limit", 1_000_000_000)
        .with("sandbox.providers_dir", providers);
  }

  /** One provider, which is the sink. */
  private static Path providers(Path folder) {
    Path file = Path.of(System.getProperty("signalbox.home"), "conf", "sandbox", "telegram.yaml");
    try {
      Files.createDirectories(folder);
      String text = Files.readString(file).replaceFirst("timeout: \\S+", "timeout: 10s");
      Files.writeString(folder.resolve("telegram.yaml"), text + "max_concurrent: 256\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }
}
