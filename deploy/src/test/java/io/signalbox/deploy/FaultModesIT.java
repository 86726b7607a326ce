package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.deploy.Timeline.Attempt;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each way in which the first provider can fail, switched on in the middle of 500 notifications.
 * What was lost or doubled is counted in the simulator's own lists.
 */
@Timeout(300)
class FaultModesIT {
  private static final String PRIMARY = "sendgrid";
  private static final String BACKUP = "resend";
  private static final int BEFORE = 150;
  private static final int TOTAL = 500;
  private static final int SENDERS = 16;
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(90);

  private static final Duration FAILOVER_AFTER = Duration.ofMillis(50);

  /** Late enough that some policies fail over before it comes, and others wait for it. */
  private static final int LATE_RECEIPT_MILLIS = 1_500;

  private static SimulatorProcess simulator;

  @TempDir Path directory;

  /** A fault, the outcome that attempts then have, and how the test sets the gateway up for it. */
  enum Fault {
    REFUSE("transient", "30s"),
    ERROR("transient", "30s"),
    UNAVAILABLE("transient", "30s"),
    THROTTLE("throttled", "30s"),
    HANG("unknown", "500ms"),
    CUT("unknown", "30s"),
    SLOW("unknown", "500ms"),
    BROWNOUT("transient", "30s"),
    SILENT("sent", "30s"),
    REJECT("rejected", "30s");

    private final String outcome;
    private final String timeout;

    Fault(String outcome, String timeout) {
      this.outcome = outcome;
      this.timeout = timeout;
    }

    String mode() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Where a notification may end, beside delivered. */
    boolean mayEnd(Timeline timeline) {
      return switch (this) {
        case SILENT -> "sent".equals(timeline.state()) && timeline.has(PRIMARY, outcome);
        case REJECT -> "failed".equals(timeline.state()) && timeline.has(PRIMARY, outcome);
        // Taken all the same, so their receipts come.
        case CUT, SLOW -> false;
        default -> isHeld(timeline);
      };
    }

    /** Left to a person, as its policy wishes: an attempt may have arrived, or not. */
    static boolean isHeld(Timeline timeline) {
      return "held".equals(timeline.state())
          && timeline.has(PRIMARY, "unknown")
          && policy(timeline).equals("stop");
    }

    /** What follows an unknown outcome: as asked, or the default of the priority. */
    static String policy(Timeline timeline) {
      JsonObject notification = timeline.json().getJsonObject("notification");
      String otherwise = "urgent".equals(notification.getString("priority")) ? "failover" : "wait";
      return notification.getString("on_unknown", otherwise);
    }

    Duration waitFor() {
      return this == HANG ? Duration.ofSeconds(1) : Duration.ofSeconds(15);
    }
  }

  @BeforeAll
  static void startSimulator() {
    simulator = SimulatorProcess.start();
  }

  @AfterAll
  static void stopSimulator() {
    simulator.close();
  }

  @BeforeEach
  void reset() {
    simulator.reset();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void losesNothingAndHidesNoDuplicate(Fault fault) throws IOException {
    try (GatewayProcess gateway = GatewayProcess.start(settings(fault))) {
      ApiClient api = gateway.admin();
      List<String> ids = new ArrayList<>(send(api, 0, BEFORE));
      simulator.set(
          PRIMARY,
          new JsonObject()
              .put("mode", fault.mode())
              .put("retry_after_seconds", 1)
              .put("receipt_delay_ms", fault == Fault.CUT ? LATE_RECEIPT_MILLIS : 200));
      ids.addAll(send(api, BEFORE, TOTAL));

      List<Timeline> ended =
          Settling.awaitAll(
              api, ids, SETTLE_LIMIT, timeline -> timeline.isDelivered() || fault.mayEnd(timeline));

      assertThat(ended).anyMatch(timeline -> timeline.has(PRIMARY, fault.outcome));
      Map<Integer, Integer> taken = simulator.countsByNumber(PRIMARY, BACKUP);
      assertNothingIsLost(fault, ended, taken);
      assertDuplicatesAreShown(ended, taken, api);
      ended.forEach(timeline -> assertPolicyIsKept(fault, timeline));
      print(fault, ended, taken);
      if (fault == Fault.CUT) {
        assertThat(taken.values()).as("some are taken by both").contains(2);
      }
    }
  }

  private static void assertNothingIsLost(
      Fault fault, List<Timeline> ended, Map<Integer, Integer> taken) {
    for (Timeline timeline : ended) {
      int times = taken.getOrDefault(timeline.number(), 0);
      if (fault == Fault.REJECT && !timeline.isDelivered()) {
        assertThat(times).as("%s", timeline).isZero();
      } else if (!Fault.isHeld(timeline)) {
        assertThat(times).as("%s", timeline).isPositive();
      }
    }
  }

  /** Each message beyond the first is one that was sent knowingly after an unknown outcome. */
  private static void assertDuplicatesAreShown(
      List<Timeline> ended, Map<Integer, Integer> taken, ApiClient api) {
    long shown = 0;
    for (Timeline timeline : ended) {
      int extra = Math.max(0, taken.getOrDefault(timeline.number(), 0) - 1);
      assertThat(timeline.possibleDuplicates()).as("%s", timeline).isGreaterThanOrEqualTo(extra);
      assertThat(timeline.possibleDuplicates())
          .as("%s", timeline)
          .isEqualTo(attemptsAfterUnknown(timeline));
      shown += timeline.possibleDuplicates();
    }
    assertThat(api.metric("signalbox_duplicates_possible_total")).isEqualTo(shown);
  }

  /** After an unknown outcome nothing is sent again before the policy allows it. */
  private static void assertPolicyIsKept(Fault fault, Timeline timeline) {
    List<Attempt> attempts = timeline.attempts();
    int first = attempts.stream().map(Attempt::outcome).toList().indexOf("unknown");
    if (first < 0 || first == attempts.size() - 1) {
      return;
    }
    String policy = Fault.policy(timeline);
    Duration patience = policy.equals("failover") ? FAILOVER_AFTER : fault.waitFor();
    long waited = attempts.get(first + 1).startedAtMillis() - attempts.get(first).endedAtMillis();
    assertThat(policy).as("%s", timeline).isNotEqualTo("stop");
    assertThat(waited).as("%s", timeline).isGreaterThanOrEqualTo(patience.toMillis());
  }

  private static long attemptsAfterUnknown(Timeline timeline) {
    List<String> outcomes = timeline.attempts().stream().map(Attempt::outcome).toList();
    int first = outcomes.indexOf("unknown");
    return first < 0 ? 0 : outcomes.size() - first - 1;
  }

  private static void print(Fault fault, List<Timeline> ended, Map<Integer, Integer> taken) {
    long duplicates = taken.values().stream().filter(times -> times > 1).count();
    long shown = ended.stream().mapToLong(Timeline::possibleDuplicates).sum();
    Report.print(
        "%s: %s of %d, %d taken twice, %d possible duplicates shown",
        fault.mode(), Settling.states(ended), ended.size(), duplicates, shown);
  }

  private static List<String> send(ApiClient api, int from, int to) {
    List<JsonObject> messages = IntStream.range(from, to).mapToObj(FaultModesIT::message).toList();
    return Parallel.map(SENDERS, messages, api::send);
  }

  /** All policies for unknown outcomes in turn: most wait, urgent ones fail over, some stop. */
  private static JsonObject message(int number) {
    JsonObject message = Messages.email(number);
    return switch (number % 10) {
      case 6, 7 -> message.put("priority", "urgent");
      case 8 -> message.put("on_unknown", "failover");
      case 9 -> message.put("on_unknown", "stop");
      default -> message;
    };
  }

  private GatewaySettings settings(Fault fault) throws IOException {
    Path providers = directory.resolve("providers");
    Distribution.copySandboxProviders(providers, SimulatorProcess.PLUGINS);
    for (String provider : List.of(PRIMARY, BACKUP)) {
      Path file = providers.resolve(provider + ".yaml");
      String text = Files.readString(file);
      String timeout = provider.equals(PRIMARY) ? fault.timeout : "30s";
      Files.writeString(file, text.replaceAll("timeout: \\S+", "timeout: " + timeout));
    }
    GatewaySettings settings =
        GatewaySettings.in(directory.resolve("data"))
            .against(simulator)
            .with("sandbox.providers_dir", providers)
            .with("unknown.failover_after", FAILOVER_AFTER.toMillis() + "ms")
            .with("unknown.wait_for", fault.waitFor().toMillis() + "ms")
            .with("dispatch.retry_base", "100ms")
            .with("dispatch.sweep_interval", "100ms")
            .with("breaker.recovery_timeout", "500ms");
    if (fault != Fault.CUT) {
      return settings;
    }
    // The failing provider goes on being tried, so that many outcomes are unknown.
    return settings
        .with("scoring.exploration", "0.5")
        .with("breaker.failure_threshold", 10_000)
        .with("breaker.minimum_calls", 100_000);
  }
}
