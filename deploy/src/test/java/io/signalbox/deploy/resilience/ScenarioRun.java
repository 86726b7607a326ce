package io.signalbox.deploy.resilience;

import static org.awaitility.Awaitility.await;

import io.signalbox.deploy.SimulatorProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.core.ConditionTimeoutException;

/** Runs one scenario on one system and says what came of it. */
final class ScenarioRun {
  private static final int THREADS = 4;
  private static final Duration POLL = Duration.ofMillis(500);

  private final Plan plan;
  private final Mailer mailer;
  private final SimulatorProcess simulator;
  private final Drain drain;

  ScenarioRun(Plan plan, Mailer mailer, SimulatorProcess simulator) {
    this.plan = plan;
    this.mailer = mailer;
    this.simulator = simulator;
    this.drain = new Drain(plan, mailer, simulator);
  }

  /** Runs the load with its faults. */
  Result run() {
    return run(plan.outages());
  }

  /** Runs the load without any fault. */
  void runHealthy() {
    run(List.of());
  }

  private Result run(List<Outage> planned) {
    ScheduledExecutorService clock = Executors.newScheduledThreadPool(THREADS);
    OutageScript script = new OutageScript(simulator, plan, clock);
    try {
      script.mend(Scenario.ALL);
      Load load = new Load(plan, mailer);
      long startedAt = System.currentTimeMillis();
      Future<?> ticks = load.begin(startedAt, clock);
      CompletableFuture<Void> steps = script.begin(planned, mailer::killAndRestart);
      await("the load")
          .atMost(plan.duration().plus(plan.drainLimit()))
          .pollInterval(POLL)
          .until(() -> ticks.isDone() || (load.isOver() && steps.isDone()));
      if (ticks.isDone()) {
        ticks.get();
      }
      steps.get();
      boolean drained = drain(load);
      return new Analysis(plan, script.outages(), mailer, load, startedAt)
          .result(Arrivals.of(plan, simulator), drained);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (ExecutionException e) {
      throw new AssertionError(plan.scenario() + ": the script failed", e.getCause());
    } finally {
      script.stop();
      clock.shutdownNow();
    }
  }

  private boolean drain(Load load) {
    try {
      await("the drain")
          .atMost(plan.drainLimit())
          .pollInterval(POLL)
          .until(() -> drain.isOver(load.acceptedAt().keySet()));
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }
}
