package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.deploy.Timeline.Attempt;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of four providers, of two channels, hangs at full load: it gets only what it has permits for,
 * and everything else goes its way while those attempts are still under way.
 */
@Timeout(400)
class HangingProviderIT {
  private static final String HANGING = "sendgrid";
  private static final int BEFORE = 300;
  private static final int DURING = 600;
  private static final int SENDERS = 16;
  private static final int MAX_CONCURRENT = 64;

  /**
   * Long enough that all else is done before the first attempt is given up. So long for all, so
   * that no other breaker opens because the machine is slow: the first requests of a fresh gateway
   * take their time.
   */
  private static final String TIMEOUT = "40s";

  private static final Duration LIMIT = Duration.ofSeconds(35);
  private static final Duration LIMIT_OF_ALL = Duration.ofSeconds(90);

  @TempDir Path directory;

  @Test
  void aHangingProviderHoldsUpNobodyElse() throws IOException {
    try (SimulatorProcess simulator = SimulatorProcess.start();
        GatewayProcess gateway = GatewayProcess.start(settings(simulator))) {
      ApiClient api = gateway.admin();
      List<String> ids = new ArrayList<>(send(api, 0, BEFORE));
      long began = System.nanoTime();
      Settling.awaitAll(api, ids, LIMIT, Timeline::isDelivered);
      long beforeMillis = (System.nanoTime() - began) / 1_000_000;

      assertAllBreakersAreClosed(api);
      simulator.mode(HANGING, "hang");
      began = System.nanoTime();
      List<String> during = send(api, BEFORE, BEFORE + DURING);
      ids.addAll(during);
      List<Timeline> seen =
          Settling.awaitAll(
              api, during, LIMIT, each -> each.isDelivered() || isAtTheHangingOne(each));
      long duringMillis = (System.nanoTime() - began) / 1_000_000;

      assertNobodyElseIsHeldUp(seen);
      Report.print(
          "one of four providers hangs: %d of %d wait there, all others were delivered after %d ms"
              + " (%d before it hung: %d ms)",
          seen.stream().filter(HangingProviderIT::isAtTheHangingOne).count(),
          seen.size(),
          duringMillis,
          BEFORE * 2,
          beforeMillis);

      Settling.awaitAll(api, ids, LIMIT_OF_ALL, Timeline::isDelivered);
      assertItIsLeftWithLittle(api);
      assertTheOpeningIsExplained(api);
      Map<Integer, Integer> taken =
          simulator.countsByNumber("sendgrid", "resend", "twilio", "vonage");
      assertThat(taken).as("nothing is lost").hasSize((BEFORE + DURING) * 2);
    }
  }

  private static boolean isAtTheHangingOne(Timeline timeline) {
    List<Attempt> attempts = timeline.attempts();
    return attempts.size() == 1
        && attempts.get(0).provider().equals(HANGING)
        && "under_way".equals(attempts.get(0).outcome());
  }

  private static void assertNobodyElseIsHeldUp(List<Timeline> seen) {
    List<Timeline> stuck = seen.stream().filter(HangingProviderIT::isAtTheHangingOne).toList();
    assertThat(stuck).hasSizeBetween(1, MAX_CONCURRENT);
    for (Timeline timeline : seen) {
      if (stuck.contains(timeline)) {
        continue;
      }
      assertThat(timeline.attempts())
          .as("delivered by the first who was asked, %s", timeline)
          .hasSize(1);
      assertThat(timeline.attempts().get(0).provider()).isNotEqualTo(HANGING);
    }
  }

  /** Else what is left of a channel would rightly wait for the one that hangs. */
  private static void assertAllBreakersAreClosed(ApiClient api) {
    JsonArray all = api.get("/api/v1/providers").json(200).getJsonArray("providers");
    assertThat(all).hasSize(SimulatorProcess.PLUGINS.size());
    for (Object each : all) {
      assertThat(((JsonObject) each).getJsonObject("breaker").getString("state"))
          .as("%s", each)
          .isEqualTo("closed");
    }
  }

  /** Its attempts were given up, so it gets the least until it answers again. */
  private static void assertItIsLeftWithLittle(ApiClient api) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(limits(api, HANGING).getInteger("concurrency")).isEqualTo(2);
              assertThat(limits(api, "resend").getInteger("concurrency")).isGreaterThan(2);
            });
  }

  private static JsonObject limits(ApiClient api, String provider) {
    JsonArray all = api.get("/api/v1/providers").json(200).getJsonArray("providers");
    return all.stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("id").equals(provider))
        .findFirst()
        .orElseThrow()
        .getJsonObject("limits");
  }

  private static void assertTheOpeningIsExplained(ApiClient api) {
    JsonArray events =
        api.get("/api/v1/providers/" + HANGING + "/breaker-events")
            .json(200)
            .getJsonArray("events");
    JsonObject opening = events.getJsonObject(events.size() - 1);
    assertThat(opening.getString("to")).isEqualTo("open");
    assertThat(opening.getString("cause")).isEqualTo("consecutive_failures");
    JsonObject evidence = opening.getJsonObject("evidence");
    assertThat(evidence.getInteger("window_failures")).isEqualTo(5);
    JsonArray failures = evidence.getJsonArray("last_failures");
    assertThat(failures).hasSize(5);
    for (Object each : failures) {
      assertThat(((JsonObject) each).getString("outcome")).isEqualTo("unknown");
      assertThat(((JsonObject) each).getString("code")).isEqualTo("timeout");
      assertThat(((JsonObject) each).getString("attempt")).isNotEmpty();
    }
  }

  /** As many mails as texts. */
  private static List<String> send(ApiClient api, int from, int to) {
    List<JsonObject> messages =
        IntStream.range(from * 2, to * 2)
            .mapToObj(number -> number % 2 == 0 ? Messages.email(number) : Messages.sms(number))
            .toList();
    return Parallel.map(SENDERS, messages, api::send);
  }

  private GatewaySettings settings(SimulatorProcess simulator) throws IOException {
    Path providers = directory.resolve("providers");
    Distribution.copySandboxProviders(providers, SimulatorProcess.PLUGINS);
    for (String provider : SimulatorProcess.PLUGINS) {
      Path file = providers.resolve(provider + ".yaml");
      String limit = provider.equals(HANGING) ? "\nmax_concurrent: " + MAX_CONCURRENT : "";
      Files.writeString(
          file, Files.readString(file).replaceAll("timeout: \\S+", "timeout: " + TIMEOUT + limit));
    }
    return GatewaySettings.in(directory.resolve("data"))
        .against(simulator)
        .with("sandbox.providers_dir", providers)
        // Later than all is over, so that its opening is the last that is told of its breaker.
        .with("breaker.recovery_timeout", "300s")
        .with("unknown.wait_for", "1s")
        .with("lookup.unknown_after", "500ms")
        .with("dispatch.sweep_interval", "100ms");
  }
}
