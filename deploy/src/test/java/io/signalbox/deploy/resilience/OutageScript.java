package io.signalbox.deploy.resilience;

import io.signalbox.deploy.SimulatorProcess;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Switches the simulator's faults on and off, and kills the system, by a clock that stands still
 * while the system restarts: so it meets every fault, however slow the machine is.
 */
final class OutageScript {
  private static final int RECEIPT_DELAY_MILLIS = 200;

  private record Step(long atMillis, Runnable action) {}

  private final SimulatorProcess simulator;
  private final Plan plan;
  private final ScheduledExecutorService clock;
  private final List<Step> steps = new ArrayList<>();
  private final List<Outage> outages = new ArrayList<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private Future<?> due = end;
  private long startMillis;
  private long pausedMillis;

  /** A script that has not begun; on the clock its steps follow one another. */
  OutageScript(SimulatorProcess simulator, Plan plan, ScheduledExecutorService clock) {
    this.simulator = simulator;
    this.plan = plan;
    this.clock = clock;
  }

  /**
   * From now on all happens as planned.
   *
   * @param kill kills and restarts the system
   * @return done with the last step, failed with the first that fails
   */
  CompletableFuture<Void> begin(List<Outage> planned, Runnable kill) {
    for (Outage outage : planned) {
      long[] began = new long[1];
      steps.add(
          new Step(
              outage.beginMillis(),
              () -> {
                fail(outage);
                began[0] = elapsedMillis();
              }));
      steps.add(
          new Step(
              outage.endMillis(),
              () -> {
                outages.add(
                    new Outage(began[0], elapsedMillis(), outage.plugins(), outage.settings()));
                mend(outage.plugins());
              }));
    }
    if (plan.killed() && !planned.isEmpty()) {
      steps.add(new Step(plan.killAtMillis(), () -> pauseFor(kill)));
    }
    steps.sort(Comparator.comparingLong(Step::atMillis));
    startMillis = System.currentTimeMillis();
    next(0);
    return end;
  }

  /** Nothing more happens, if it was not over. */
  void stop() {
    due.cancel(false);
  }

  /** The outages with the times at which they came and went; complete when the script is over. */
  List<Outage> outages() {
    return List.copyOf(outages);
  }

  /** Everything works. */
  void mend(List<String> plugins) {
    JsonObject healthy =
        new JsonObject().put("mode", "ok").put("receipt_delay_ms", RECEIPT_DELAY_MILLIS);
    plugins.forEach(plugin -> simulator.set(plugin, healthy));
  }

  private void next(int index) {
    if (index == steps.size()) {
      end.complete(null);
      return;
    }
    Step step = steps.get(index);
    long wait = Math.max(0, step.atMillis + pausedMillis - elapsedMillis());
    due = clock.schedule(() -> take(index), wait, TimeUnit.MILLISECONDS);
  }

  private void take(int index) {
    try {
      steps.get(index).action.run();
      next(index + 1);
    } catch (RuntimeException | AssertionError e) {
      end.completeExceptionally(e);
    }
  }

  private void fail(Outage outage) {
    JsonObject settings = outage.settings().copy().put("seed", plan.seed());
    outage.plugins().forEach(plugin -> simulator.set(plugin, settings));
  }

  private void pauseFor(Runnable kill) {
    long before = elapsedMillis();
    kill.run();
    pausedMillis += elapsedMillis() - before;
  }

  private long elapsedMillis() {
    return System.currentTimeMillis() - startMillis;
  }
}
