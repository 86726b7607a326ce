package io.signalbox.gateway.health;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Whether the gateway can take notifications, and whether those that wait are worked on. Answers
 * from what was seen last, at once. Thread-safe.
 */
public final class Health {
  /** A look at the ledger that takes longer than this is no answer. */
  private static final Duration BLIND_AFTER = Duration.ofSeconds(10);

  private final WorkMonitor monitor;
  private final Clock clock;
  private final Checks checks;
  private final Supplier<Standby> standby;
  private final long minFreeDiskBytes;
  private final Map<String, Supplier<JsonObject>> details = new ConcurrentSkipListMap<>();
  private volatile boolean takesChanges = true;
  private final AtomicReference<Readiness.Phase> phase =
      new AtomicReference<>(Readiness.Phase.STARTING);

  /**
   * Makes it in the phase of starting, without checks, where nothing is taken while the ledger is
   * away, however full the disk is.
   */
  public Health(WorkMonitor monitor, Clock clock) {
    this(monitor, clock, Checks.NONE, () -> Standby.NONE, 0);
  }

  /**
   * Makes it in the phase of starting.
   *
   * @param checks what is known of the gateway's parts
   * @param standby where notifications go while the ledger is away; cheap
   * @param minFreeDiskBytes below this much free space in the data directory intake refuses
   */
  public Health(
      WorkMonitor monitor,
      Clock clock,
      Checks checks,
      Supplier<Standby> standby,
      long minFreeDiskBytes) {
    this.monitor = monitor;
    this.clock = clock;
    this.checks = checks;
    this.standby = standby;
    this.minFreeDiskBytes = minFreeDiskBytes;
  }

  /** Everything is up: requests can be taken. */
  public void started() {
    phase.compareAndSet(Readiness.Phase.STARTING, Readiness.Phase.UP);
  }

  /** A stop has begun: no new requests. */
  public void draining() {
    phase.set(Readiness.Phase.DRAINING);
  }

  /** Whether a stop has begun. */
  public boolean isDraining() {
    return phase.get() == Readiness.Phase.DRAINING;
  }

  /** Whether requests should be sent here. */
  public Report readiness() {
    boolean ledger = ledgerAnswers();
    List<String> reasons =
        new Readiness(
                phase.get(),
                ledger,
                ledgerTakesChanges(),
                standby.get(),
                monitor.sample().freeDiskBytes(),
                minFreeDiskBytes)
            .reasons();
    boolean ready = reasons.isEmpty();
    JsonObject json =
        new JsonObject()
            .put("status", ready ? "ready" : "not_ready")
            .put("phase", phase.get().wireName())
            .put("ledger", ledger ? "up" : "down");
    if (!ready) {
      json.put("reasons", new JsonArray(reasons));
    }
    return new Report(ready, json);
  }

  /** Whether the ledger answered when it was last asked, and that was not long ago. */
  public boolean ledgerAnswers() {
    WorkSample sample = monitor.sample();
    boolean fresh = clock.millis() - sample.takenAtMillis() < BLIND_AFTER.toMillis();
    return sample.ledgerAnswers() && fresh;
  }

  /**
   * Whether it took the last change; where it has not answered that, what was known before holds
   * for a while, and then it counts as refused.
   */
  private boolean ledgerTakesChanges() {
    Checked writes = checks.latest(LedgerChecks.WRITES);
    boolean down = writes.report().status() == CheckStatus.DOWN;
    boolean refused = down && writes.report().figures().getLong(WriteWatch.REFUSED, 0L) > 0;
    if (!down || refused) {
      takesChanges = !refused;
      return takesChanges;
    }
    return takesChanges && clock.millis() - writes.sinceMillis() < BLIND_AFTER.toMillis();
  }

  /** What the checks found last. */
  public Checks checks() {
    return checks;
  }

  /** Readiness, and whether work is being done. */
  public Report overall() {
    Report readiness = readiness();
    WorkSample sample = monitor.sample();
    boolean stalled = sample.workStalled() || sample.webhooksStalled();
    boolean well = readiness.well() && !stalled;
    JsonArray troubles = new JsonArray();
    checks
        .latest()
        .forEach(
            (name, checked) -> {
              if (checked.report().status().isTrouble()) {
                troubles.add(name);
              }
            });
    return new Report(
        well,
        readiness
            .json()
            .put("status", well ? "up" : stalled && readiness.well() ? "stalled" : "down")
            .put("troubles", troubles)
            .put("consumption", stalled ? "stalled" : "working")
            .put("oldest_due_ms", sample.oldestDueMillis())
            .put("waiting", sample.waiting())
            .put("lanes", WorkChecks.lanes(sample))
            .put("webhooks", WorkChecks.webhooks(sample)));
  }

  /** Adds a part to {@link #detailed}. */
  public void detail(String name, Supplier<JsonObject> part) {
    details.put(name, part);
  }

  /** All that is known, for people. */
  public Report detailed() {
    Report overall = overall();
    JsonObject found = new JsonObject();
    checks.latest().forEach((name, checked) -> found.put(name, checked.json()));
    overall.json().put("checks", found);
    details.forEach((name, part) -> overall.json().put(name, part.get()));
    return overall;
  }

  /**
   * Some of the checks, for people.
   *
   * @param names of the checks
   * @return well unless one of them is down; its status is the worst of theirs
   */
  public Report report(List<String> names) {
    JsonObject found = new JsonObject();
    CheckStatus worst = CheckStatus.UP;
    for (String name : names) {
      Checked checked = checks.latest(name);
      CheckStatus status = checked.report().status();
      worst = worst.compareTo(status) < 0 ? status : worst;
      found.put(name, checked.json());
    }
    return new Report(
        worst != CheckStatus.DOWN,
        new JsonObject().put("status", worst.wireName()).put("checks", found));
  }

  /**
   * An answer.
   *
   * @param well whether all is well
   * @param json the same for people
   */
  public record Report(boolean well, JsonObject json) {}
}
