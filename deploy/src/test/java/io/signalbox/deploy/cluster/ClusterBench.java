package io.signalbox.deploy.cluster;

import io.signalbox.deploy.GatewaySettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
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
 * an answer, the provider's permits, a folder, and the address of a sink that takes the messages
 * instead of the simulator, or an empty text; with no permits, one is had for good by a message
 * that is never answered, and all others wait. What is where, and the ceilings, stand in {@code
 * cluster.json} there when it says that it is ready.
 */
final class ClusterBench {
  private ClusterBench() {}

  /** Runs until the process is ended. */
  public static void main(String[] arguments) throws Exception {
    int nodes = Integer.parseInt(arguments[0]);
    int seconds = Integer.parseInt(arguments[1]);
    int sinkMillis = Integer.parseInt(arguments[2]);
    int permits = Integer.parseInt(arguments[3]);
    Path directory = Files.createDirectories(Path.of(arguments[4]));
    Path providers = providers(directory.resolve("providers"), permits, arguments[5]);
    Cluster cluster =
        Cluster.start(
            Vertx.vertx(),
            new NodeNetwork.Loopback(),
            directory,
            nodes,
            sinkMillis,
            settings -> forSpeed(settings, providers));
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
    cluster
        .simulator()
        .set(
            "telegram",
            permits == 0
                ? new JsonObject().put("mode", "hang")
                : new JsonObject().put("latency_ms", sinkMillis));
    HttpServer counter = counter(cluster);
    JsonObject ceilings = ceilings(cluster, seconds);
    Files.writeString(
        directory.resolve("cluster.json"),
        new JsonObject()
            .put("urls", new JsonArray(cluster.urls()))
            .put("token", cluster.token())
            .put("simulator", cluster.simulator().url())
            .put("counter", "http://127.0.0.1:" + counter.actualPort() + "/")
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

  /** Answers every request with how many notifications the ledger has. */
  private static HttpServer counter(Cluster cluster) {
    Vertx vertx = Vertx.vertx();
    return vertx
        .createHttpServer()
        .requestHandler(
            request ->
                vertx
                    .executeBlocking(() -> cluster.ledger().notifications())
                    .onSuccess(count -> request.response().end(Long.toString(count)))
                    .onFailure(e -> request.response().setStatusCode(500).end(e.toString())))
        .listen(0, "127.0.0.1")
        .await();
  }

  /** One provider, which is the sink, or the simulator if that has no address. */
  private static Path providers(Path folder, int permits, String sink) {
    Path file = Path.of(System.getProperty("signalbox.home"), "conf", "sandbox", "telegram.yaml");
    try {
      Files.createDirectories(folder);
      String text =
          Files.readString(file)
              .replaceFirst("timeout: \\S+", permits == 0 ? "timeout: 2m" : "timeout: 10s")
              .replace(
                  "${sandbox:telegram.url}", sink.isEmpty() ? "${sandbox:telegram.url}" : sink);
      Files.writeString(
          folder.resolve("telegram.yaml"), text + "max_concurrent: " + Math.max(1, permits) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }
}
