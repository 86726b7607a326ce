package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ordinary end of a gateway: SIGTERM with work under way. */
@Timeout(90)
class StopIT {
  private static final int COUNT = 300;
  private static final int ENDED_BY_SIGTERM = 128 + 15;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path data;

  @Test
  void endsWithinTheDrainTimeoutAndDoublesNothing() {
    try (SimulatorProcess simulator = SimulatorProcess.start()) {
      GatewaySettings settings =
          GatewaySettings.in(data).against(simulator).withAttemptTimeout("30s");
      List<String> ids;
      try (GatewayProcess gateway = GatewayProcess.start(settings)) {
        ids =
            Parallel.map(
                8,
                IntStream.range(0, COUNT).mapToObj(Messages::email).toList(),
                gateway.admin()::send);
        assertThat(gateway.stop()).isEqualTo(ENDED_BY_SIGTERM);
      }
      try (GatewayProcess gateway = GatewayProcess.start(settings)) {
        List<Timeline> ended =
            Settling.awaitAll(gateway.admin(), ids, LIMIT, Timeline::isSentOrOver);

        assertThat(ended).allMatch(timeline -> timeline.possibleDuplicates() == 0);
        assertThat(simulator.countsByNumber("sendgrid", "resend"))
            .hasSize(COUNT)
            .allSatisfy((number, times) -> assertThat(times).isEqualTo(1));
      }
    }
  }
}
