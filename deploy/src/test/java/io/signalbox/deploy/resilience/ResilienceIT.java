package io.signalbox.deploy.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.deploy.Report;
import io.signalbox.deploy.SimulatorProcess;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The scenarios in a short form, one after the other on one gateway, which is killed at a random
 * moment of each and restarted. {@code deploy/bench/resilience} has the long form and its figures.
 */
@Timeout(300)
class ResilienceIT {
  private static final int PER_SECOND = 60;

  /** Failures that come at once: whoever fails so is soon left alone. */
  private static final Set<Scenario> AVOIDED =
      EnumSet.of(Scenario.REFUSE, Scenario.ERRORS, Scenario.THROTTLE);

  private static final AtomicInteger NEXT_NUMBER = new AtomicInteger(1);

  @TempDir static Path data;
  private static SimulatorProcess simulator;
  private static Gateway gateway;

  @BeforeAll
  static void start() {
    simulator = SimulatorProcess.start();
    gateway = Gateway.start(data, simulator, GatewayOptions.ofSeconds());
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
  @EnumSource(Scenario.class)
  void losesNothingAcrossAKill(Scenario scenario) {
    Plan plan = plan(scenario);
    Report.print("%s: seed %d, killed after %d ms", scenario, plan.seed(), plan.killAtMillis());

    Result result = new ScenarioRun(plan, new GatewayMailer(gateway), simulator).run();

    Report.print("%s", result.toJson().encode());
    assertThat(result.accepted()).isEqualTo(plan.count());
    assertThat(result.lost()).as("lost").isZero();
    assertThat(result.unexplained()).as("duplicates that no policy allowed").isZero();
    assertThat(result.states().keySet()).isSubsetOf("delivered", "sent");
    if (AVOIDED.contains(scenario)) {
      assertThat(result.attemptsAtFailing()).as("attempts").isLessThan(plan.count() / 2);
    }
  }

  private static Plan plan(Scenario scenario) {
    Plan plan =
        new Plan(
            scenario,
            Duration.ofSeconds(4),
            PER_SECOND,
            System.nanoTime(),
            true,
            NEXT_NUMBER.get(),
            Duration.ofSeconds(60),
            Duration.ofSeconds(4),
            new JsonObject().put("on_unknown", "failover").put("confirm_within_seconds", 1));
    NEXT_NUMBER.addAndGet(plan.count());
    return plan;
  }
}
