package io.signalbox.deploy.cluster;

import static org.awaitility.Awaitility.await;

import io.signalbox.deploy.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to a cluster, one thing after the other, by the clock; all on the caller's thread.
 */
final class DrillScript {
  private static final Duration POLL = Duration.ofMillis(20);

  /** What may go wrong in an action ends the drill. */
  interface Action {
    void run() throws Exception;
  }

  /**
   * A step. An action that takes longer than its time moves all that follows.
   *
   * @param at after how many seconds of load it begins
   * @param lasts how many seconds until it ends
   */
  record Step(String name, int at, int lasts, Action begin, Action end) {}

  /** A span of the drill, in milliseconds since 1970. */
  record Phase(String name, long from, long to) {
    boolean has(long millis) {
      return millis >= from && millis < to;
    }
  }

  private final List<Phase> phases = new ArrayList<>();

  /** Runs all steps, and ends after so many seconds at the earliest. */
  List<Phase> run(List<Step> steps, int seconds) throws Exception {
    long begin = System.currentTimeMillis();
    long from = begin;
    for (Step step : steps) {
      awaitMoment(begin + step.at * 1000L);
      from = close("nothing", from);
      Report.print("%d s: %s", (from - begin) / 1000, step.name);
      step.begin.run();
      awaitMoment(from + step.lasts * 1000L);
      step.end.run();
      from = close(step.name, from);
    }
    awaitMoment(begin + seconds * 1000L);
    close("nothing", from);
    return List.copyOf(phases);
  }

  private long close(String name, long from) {
    long now = System.currentTimeMillis();
    phases.add(new Phase(name, from, now));
    return now;
  }

  private static void awaitMoment(long millis) {
    await("the next step")
        .atMost(Duration.ofMinutes(10))
        .pollInterval(POLL)
        .until(() -> System.currentTimeMillis() >= millis);
  }
}
