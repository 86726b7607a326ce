package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.deploy.SimulatorProcess.Received;
import io.signalbox.deploy.Timeline.Attempt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mail over SMTP, from the API to a real mail server: the plugin's jar finds the mail client that
 * only the gateway brings.
 */
@Timeout(300)
class SmtpIT {
  private static final String SMTP = "smtp";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir static Path data;
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static SimulatorProcess simulator;
  private static GatewayProcess gateway;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    simulator = SimulatorProcess.start();
    gateway =
        GatewayProcess.start(
            GatewaySettings.in(data)
                .against(simulator, List.of(SMTP))
                .withAttemptTimeout("10s")
                .with("unknown.wait_for", "30s")
                .with("breaker.failure_threshold", 10_000)
                .with("breaker.minimum_calls", 100_000));
    api = gateway.admin();
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
    if (simulator != null) {
      simulator.close();
    }
  }

  @Test
  void mailArrivesWithTheIdThatTheTimelineShows() {
    simulator.mode(SMTP, "ok");
    int number = NUMBERS.incrementAndGet();

    Timeline timeline = sent(number, "sent");

    Attempt attempt = timeline.attempts().get(0);
    Received received =
        simulator.received(SMTP).stream()
            .filter(one -> Messages.number(one.text()) == number)
            .findFirst()
            .orElseThrow();
    assertThat(timeline.state()).isEqualTo("sent");
    assertThat(received.recipient()).isEqualTo("user" + number + "@example.com");
    assertThat(received.id()).isEqualTo(attempt.providerMessageId());
    assertThat(received.text()).startsWith("Message " + number + "\n");
  }

  /** Throttling comes last, because it cools the provider down. */
  @ParameterizedTest
  @CsvSource({
    "refuse, transient",
    "error, transient",
    "unavailable, transient",
    "reject, rejected",
    "cut, unknown",
    "hang, unknown",
    "throttle, throttled"
  })
  void faultHasItsOutcome(String mode, String outcome) {
    simulator.mode(SMTP, mode);

    Timeline timeline = sent(NUMBERS.incrementAndGet(), outcome);

    assertThat(timeline.attempts().get(0).outcome()).as("%s", timeline).isEqualTo(outcome);
  }

  /** Sends a mail, and waits until an attempt has ended like this. */
  private static Timeline sent(int number, String outcome) {
    String id = api.send(Messages.email(number));
    return Settling.awaitAll(api, List.of(id), LIMIT, timeline -> timeline.has(SMTP, outcome))
        .get(0);
  }
}
