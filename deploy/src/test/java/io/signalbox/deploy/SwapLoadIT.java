package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.loader.WayOfCopying;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * 300 notifications a second go through one provider while its jar is replaced 50 times, by two
 * versions in turn and in each way of copying.
 */
@Timeout(500)
class SwapLoadIT {
  private static final int SWAPS = 50;
  private static final int SENDERS = 6;
  private static final long PAUSE_MILLIS = 20;
  private static final int MOST = 60_000;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final List<String> VERSIONS = List.of("1.0", "2.0");

  @TempDir Path directory;

  private final AtomicInteger sent = new AtomicInteger();
  private final Queue<Throwable> refused = new ConcurrentLinkedQueue<>();
  private Path plugins;
  private ApiClient api;

  @Test
  void nothingIsLostOrDoubledAndNothingOfTheOldVersionsIsLeft() throws Exception {
    plugins = Files.createDirectories(directory.resolve("plugins"));
    List<byte[]> jars = VERSIONS.stream().map(EchoPlugin::jar).toList();
    try (EchoReceiver receiver = new EchoReceiver()) {
      // The ways follow each other in this order, because only a ConfigMap makes its own links.
      List<WayOfCopying> ways = ways();
      ways.get(0).put(jar(), jars.get(0));
      Files.writeString(
          plugins.resolve("echo.yaml"),
          "plugin: echo\ntimeout: 30s\nconfig: {url: '" + receiver.url() + "'}\n");
      try (GatewayProcess gateway = GatewayProcess.start(settings())) {
        api = gateway.admin();
        awaitVersion("1.0", 0);
        ScheduledExecutorService senders = Executors.newScheduledThreadPool(SENDERS);
        List<Future<?>> sending = new ArrayList<>();
        long began = System.nanoTime();
        try {
          for (int i = 0; i < SENDERS; i++) {
            sending.add(
                senders.scheduleAtFixedRate(this::send, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS));
          }
          for (int swap = 1; swap <= SWAPS; swap++) {
            long generation = generation();
            int version = swap % VERSIONS.size();
            ways.get(swap).put(jar(), jars.get(version));
            awaitVersion(VERSIONS.get(version), generation);
          }
        } finally {
          sending.forEach(each -> each.cancel(false));
          senders.shutdown();
          assertThat(senders.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        int all = sent.get();
        assertThat(refused).isEmpty();
        await("all are sent")
            .atMost(LIMIT)
            .until(
                () -> api.metric("signalbox_notifications_finished_total{state=\"sent\"}") >= all);
        Report.print(
            "%d swaps in %.1f s at %.0f notifications/s: %d sent, %d arrived, %d doubled",
            SWAPS, seconds, all / seconds, all, receiver.numbers(), receiver.repeated().size());
        // A jar that is away for a moment is a stop and a start instead.
        assertThat(api.metric("signalbox_plugin_swaps_total{outcome=\"swapped\"}"))
            .isBetween(1L, (long) SWAPS);
        assertThat(receiver.numbers()).as("lost").isEqualTo(all);
        assertThat(receiver.repeated()).as("doubled").isEmpty();
        assertThat(receiver.mixed()).as("delivered by classes of two versions").isEmpty();
        assertThat(VERSIONS).allSatisfy(each -> assertThat(receiver.of(each)).isPositive());
        await("one class loader is left")
            .atMost(LIMIT)
            .until(() -> gateway.objectsOf("io.signalbox.loader.PluginClassLoader") == 1);
      }
    }
  }

  private GatewaySettings settings() {
    return GatewaySettings.in(directory.resolve("data")).with("plugins.dir", plugins);
  }

  private Path jar() {
    return plugins.resolve("echo.jar");
  }

  /** A ConfigMap first, which may not find a file in its place; the others in turn after it. */
  private static List<WayOfCopying> ways() {
    List<WayOfCopying> others = new ArrayList<>(List.of(WayOfCopying.values()));
    others.remove(WayOfCopying.CONFIG_MAP);
    int mapped = SWAPS / WayOfCopying.values().length;
    List<WayOfCopying> ways = new ArrayList<>();
    for (int i = 0; i <= SWAPS; i++) {
      ways.add(
          i <= mapped
              ? WayOfCopying.CONFIG_MAP
              // A rename, so that nothing is written into the ConfigMap's own file.
              : i == mapped + 1 ? WayOfCopying.MV : others.get(i % others.size()));
    }
    return ways;
  }

  private void send() {
    if (sent.get() < MOST) {
      int number = sent.incrementAndGet();
      try {
        api.send(Messages.email(number));
      } catch (RuntimeException | AssertionError e) {
        refused.add(e);
      }
    }
  }

  private JsonObject provider() {
    return api.get("/api/v1/providers").json(200).getJsonArray("providers").stream()
        .map(JsonObject.class::cast)
        .findFirst()
        .orElseGet(JsonObject::new);
  }

  private long generation() {
    return provider().getLong("generation", 0L);
  }

  private void awaitVersion(String version, long after) {
    await(version + " runs")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              JsonObject now = provider();
              return version.equals(now.getString("plugin_version"))
                  && now.getLong("generation") > after;
            });
  }
}
