package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin is replaced and rolled back by commands while messages go over its provider. */
@Timeout(500)
class PluginUploadIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String TWILIO = TwilioVersions.TWILIO;
  private static final String NEXT = TwilioVersions.NEXT;

  @TempDir Path directory;

  private final AtomicInteger numbers = new AtomicInteger();

  @Test
  void aJarIsUploadedSurvivesARestartAndIsRolledBack() throws Exception {
    Path plugins = directory.resolve("plugins");
    Distribution.copyPlugins(plugins);
    byte[] original = Files.readAllBytes(plugins.resolve("twilio.jar"));
    Path next =
        TwilioVersions.repacked(plugins.resolve("twilio.jar"), directory.resolve("next.jar"));
    try (SimulatorProcess simulator = SimulatorProcess.start()) {
      GatewaySettings settings =
          GatewaySettings.in(directory.resolve("data"))
              .against(simulator, List.of(TWILIO))
              .with("http.port", RestartPort.free())
              .with("plugins.dir", plugins)
              .with("plugins.upload", true);
      List<Timeline> sent = new ArrayList<>();
      String token;
      String before;
      try (GatewayProcess gateway = GatewayProcess.start(settings)) {
        token = gateway.token("admin");
        ApiClient api = new ApiClient(gateway.url(), token);
        before =
            await()
                .atMost(LIMIT)
                .until(() -> TwilioVersions.running(api), version -> !version.isEmpty());
        sent.addAll(
            underTraffic(
                api,
                () -> {
                  CommandRun added = plugins(gateway, token, "add", next.toString());
                  assertThat(added.exitCode()).as("%s", added).isZero();
                  assertThat(added.out()).contains("twilio " + NEXT + " runs");
                }));
        assertThat(TwilioVersions.running(api)).isEqualTo(NEXT);
        gateway.stop();
      }
      try (GatewayProcess gateway = GatewayProcess.start(settings)) {
        ApiClient api = new ApiClient(gateway.url(), token);
        await().atMost(LIMIT).until(() -> TwilioVersions.running(api).equals(NEXT));
        JsonObject shown = api.get("/api/v1/plugins/twilio").json(200);
        assertThat(shown.getString("source")).isEqualTo("upload");
        JsonObject previous = shown.getJsonArray("previous").getJsonObject(0);
        assertThat(previous.getString("version") + " " + previous.getString("source"))
            .isEqualTo(before + " folder");
        sent.addAll(
            underTraffic(
                api,
                () -> {
                  CommandRun back = plugins(gateway, token, "rollback", TWILIO, "--json");
                  assertThat(back.exitCode()).as("%s", back).isZero();
                  assertThat(new JsonObject(back.out()).getString("outcome")).isEqualTo("running");
                }));
        assertThat(TwilioVersions.running(api)).isEqualTo(before);
        assertThat(plugins.resolve("twilio.jar")).hasBinaryContent(original);
      }
      Map<Integer, Integer> taken = simulator.countsByNumber(TWILIO);
      assertThat(sent).allMatch(one -> taken.getOrDefault(one.number(), 0) == 1);
      Report.print("plugin upload: %d messages around an upload and a rollback", sent.size());
    }
  }

  /** Sends one message after the other until a change was made; all of them are delivered. */
  private List<Timeline> underTraffic(ApiClient api, Runnable change) throws Exception {
    AtomicBoolean goOn = new AtomicBoolean(true);
    Collection<String> ids = new ConcurrentLinkedQueue<>();
    ExecutorService sender = Executors.newSingleThreadExecutor();
    try {
      Future<?> sending =
          sender.submit(
              () -> {
                while (goOn.get()) {
                  String id = api.send(Messages.sms(numbers.incrementAndGet()));
                  ids.add(id);
                  Settling.awaitAll(api, List.of(id), LIMIT, Timeline::isSentOrOver);
                }
              });
      await().atMost(LIMIT).until(() -> ids.size() > 1);
      change.run();
      int during = ids.size();
      await().atMost(LIMIT).until(() -> ids.size() > during + 1);
      goOn.set(false);
      sending.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } finally {
      goOn.set(false);
      sender.shutdownNow();
    }
    return Settling.awaitAll(api, ids, LIMIT, Timeline::isDelivered);
  }

  private static CommandRun plugins(GatewayProcess gateway, String token, String... words) {
    List<String> command = new ArrayList<>(List.of("plugins"));
    Collections.addAll(command, words);
    Collections.addAll(command, "--url", gateway.url(), "--token", token);
    return CommandRun.signalbox(Map.of(), command.toArray(String[]::new));
  }
}
