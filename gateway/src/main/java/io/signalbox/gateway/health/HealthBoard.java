package io.signalbox.gateway.health;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.HealthChecks;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all parts how they are, once a second and all at a time, and keeps the answers: whoever
 * wants them gets them at once, however many ask and whatever hangs. Thread-safe.
 */
public final class HealthBoard implements Checks {
  /** Time between two rounds; every check gives up before. */
  public static final Duration EVERY = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(HealthBoard.class);
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Clock clock;
  private final HealthChecks checks;
  private final Map<String, CheckRun> runs;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile Map<String, Checked> latest = Map.of();
  private volatile long timer = NO_TIMER;

  /** Makes a board; {@link #start} begins to ask. */
  public HealthBoard(Vertx vertx, List<HealthCheck> questions, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
    this.checks = HealthChecks.create(vertx);
    Map<String, CheckRun> all = new LinkedHashMap<>();
    for (HealthCheck question : questions) {
      if (question.timeout().compareTo(EVERY) >= 0) {
        throw new IllegalArgumentException(
            question.name() + " must give up within " + EVERY.toMillis() + " ms");
      }
      CheckRun run = new CheckRun(question, System::nanoTime);
      all.put(question.name(), run);
      checks.register(question.name(), question.timeout().toMillis(), run::run);
    }
    this.runs = Collections.unmodifiableMap(all);
  }

  /** Asks once, then at intervals. Succeeds after the first round, whatever it found. */
  public Future<Void> start() {
    timer = vertx.setPeriodic(EVERY.toMillis(), due -> look());
    return look();
  }

  /** Asks no more. */
  public void stop() {
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
      timer = NO_TIMER;
    }
  }

  @Override
  public Map<String, Checked> latest() {
    long now = clock.millis();
    Map<String, Checked> counted = new LinkedHashMap<>();
    latest.forEach((name, checked) -> counted.put(name, checked.asOf(now)));
    return Collections.unmodifiableMap(counted);
  }

  @Override
  public Checked latest(String name) {
    return latest.getOrDefault(name, Checked.UNKNOWN).asOf(clock.millis());
  }

  private Future<Void> look() {
    if (!asking.compareAndSet(false, true)) {
      return Future.succeededFuture();
    }
    return checks
        .checkStatus()
        .onSuccess(this::see)
        .onFailure(failure -> LOG.warn("the checks could not be made", failure))
        .onComplete(done -> asking.set(false))
        .otherwiseEmpty()
        .mapEmpty();
  }

  private void see(CheckResult round) {
    Map<String, CheckResult> results = new HashMap<>();
    List<CheckResult> found = round.getChecks();
    for (CheckResult each : found == null ? new ArrayList<CheckResult>() : found) {
      results.put(each.getId(), each);
    }
    long now = clock.millis();
    Map<String, Checked> before = latest;
    Map<String, Checked> after = new LinkedHashMap<>();
    runs.forEach(
        (name, run) -> {
          Checked last = before.getOrDefault(name, Checked.UNKNOWN);
          Checked next = last.then(run.report(results.get(name)), now);
          tell(name, last.report(), next.report());
          after.put(name, next);
        });
    latest = Collections.unmodifiableMap(after);
  }

  private static void tell(String name, CheckReport before, CheckReport after) {
    if (before.status() == after.status()) {
      return;
    }
    if (after.status().isTrouble()) {
      LOG.warn("health of {}: {}: {}", name, after.status().wireName(), after.detail());
    } else if (before.status().isTrouble()) {
      LOG.info("health of {}: {} again", name, after.status().wireName());
    }
  }
}
