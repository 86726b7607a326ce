package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.deploy.Timeline.Attempt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A failover waits for nothing: it is made in the round of the attempt that failed. How much time
 * it adds is printed, for that depends on how busy the machine is; it comes from the timelines of a
 * warm gateway under light load. The breaker stays closed and half of the traffic explores, so that
 * the failing provider goes on being tried.
 */
@Timeout(300)
class FailoverIT {
  private static final int WARM_UP = 600;
  private static final int MEASURED = 200;
  private static final int LEAST_FAILOVERS = 20;
  private static final Duration LIMIT = Duration.ofSeconds(90);

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
                .against(simulator)
                .with("breaker.failure_threshold", 10_000)
                .with("breaker.minimum_calls", 100_000)
                .with("scoring.exploration", "0.5"));
    api = gateway.admin();
    deliver(WARM_UP, 8);
    simulator.mode("sendgrid", "error");
    deliver(WARM_UP, 8);
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

  @ParameterizedTest
  @ValueSource(strings = {"refuse", "error", "unavailable"})
  void failsOverAtOnce(String mode) {
    simulator.mode("sendgrid", mode);

    List<Timeline> failedOver =
        deliver(MEASURED, 1).stream().filter(FailoverIT::isOneFailover).toList();

    assertThat(failedOver)
        .hasSizeGreaterThan(LEAST_FAILOVERS)
        .allSatisfy(FailoverIT::assertAtOnceAndInOrder);
    long added = median(failedOver, FailoverIT::added);
    Report.print(
        "failover after %s adds %d ms at the median, %d ms without the failed attempt itself"
            + " (%d failovers)",
        mode, added, median(failedOver, FailoverIT::handOver), failedOver.size());
  }

  /** Between two rounds there is a pause, however short. */
  private static void assertAtOnceAndInOrder(Timeline timeline) {
    Attempt first = timeline.attempts().get(0);
    Attempt second = timeline.attempts().get(1);
    assertThat(second.round()).as("%s", timeline).isEqualTo(first.round()).isZero();
    assertThat(second.provider()).as("%s", timeline).isNotEqualTo(first.provider());
    assertThat(second.startedAtMillis())
        .as("%s", timeline)
        .isGreaterThanOrEqualTo(first.endedAtMillis());
  }

  private static boolean isOneFailover(Timeline timeline) {
    List<Attempt> attempts = timeline.attempts();
    return attempts.size() == 2
        && "transient".equals(attempts.get(0).outcome())
        && "sent".equals(attempts.get(1).outcome());
  }

  /** Everything but the second attempt: the failed one, the decision, and the ledger's commit. */
  private static long added(Timeline timeline) {
    return handOver(timeline)
        + timeline.attempts().get(0).endedAtMillis()
        - timeline.attempts().get(0).startedAtMillis();
  }

  private static long handOver(Timeline timeline) {
    Attempt second = timeline.attempts().get(1);
    return second.endedAtMillis()
        - timeline.attempts().get(0).endedAtMillis()
        - second.durationMillis();
  }

  private static long median(List<Timeline> timelines, ToLongFunction<Timeline> value) {
    long[] sorted = timelines.stream().mapToLong(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static List<Timeline> deliver(int count, int senders) {
    int first = NUMBERS.getAndAdd(count);
    List<String> ids =
        Parallel.map(
            senders,
            IntStream.range(first, first + count).mapToObj(Messages::email).toList(),
            api::send);
    return Settling.awaitAll(api, ids, LIMIT, Timeline::isDelivered);
  }
}
