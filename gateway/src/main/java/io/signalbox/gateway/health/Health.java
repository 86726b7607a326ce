package io.signalbox.gateway.health;

import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.gateway.ledger.WebhookBacklog;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether the gateway can take notifications, and whether those that wait are worked on.
 * Thread-safe.
 */
public final class Health {
  private static final Duration BLIND_AFTER = Duration.ofSeconds(30);

  private final WorkMonitor monitor;
  private final Clock clock;
  private final BooleanSupplier takesWithoutLedger;
  private final Map<String, Supplier<JsonObject>> details = new ConcurrentSkipListMap<>();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);

  /** Makes it in the phase of starting, where nothing is taken while the ledger is away. */
  public Health(WorkMonitor monitor, Clock clock) {
    this(monitor, clock, () -> false);
  }

  /**
   * Makes it in the phase of starting.
   *
   * @param takesWithoutLedger whether notifications are taken now although the ledger is away
   */
  public Health(WorkMonitor monitor, Clock clock, BooleanSupplier takesWithoutLedger) {
    this.monitor = monitor;
    this.clock = clock;
    this.takesWithoutLedger = takesWithoutLedger;
  }

  /** Everything is up: requests can be taken. */
  public void started() {
    phase.compareAndSet(Phase.STARTING, Phase.UP);
  }

  /** A stop has begun: no new requests. */
  public void draining() {
    phase.set(Phase.DRAINING);
  }

  /** Whether a stop has begun. */
  public boolean isDraining() {
    return phase.get() == Phase.DRAINING;
  }

  /** Whether requests should be sent here. */
  public Report readiness() {
    boolean ledger = ledgerAnswers();
    boolean takes = ledger || takesWithoutLedger.getAsBoolean();
    boolean ready = takes && phase.get() == Phase.UP;
    return new Report(
        ready,
        new JsonObject()
            .put("status", ready ? "ready" : "not_ready")
            .put("phase", phase.get().wireName)
            .put("ledger", ledger ? "up" : "down"));
  }

  /** Whether the ledger answered when it was last asked, and that was not long ago. */
  public boolean ledgerAnswers() {
    WorkSample sample = monitor.sample();
    boolean fresh = clock.millis() - sample.takenAtMillis() < BLIND_AFTER.toMillis();
    return sample.ledgerAnswers() && fresh;
  }

  /** Readiness, and whether work is being done. */
  public Report overall() {
    Report readiness = readiness();
    WorkSample sample = monitor.sample();
    boolean stalled = sample.workStalled() || sample.webhooksStalled();
    boolean well = readiness.well() && !stalled;
    JsonArray lanes = new JsonArray();
    for (Backlog lane : sample.lanes()) {
      lanes.add(lane(lane, sample.takenAtMillis()));
    }
    return new Report(
        well,
        readiness
            .json()
            .put("status", well ? "up" : stalled && readiness.well() ? "stalled" : "down")
            .put("consumption", stalled ? "stalled" : "working")
            .put("oldest_due_ms", sample.oldestDueMillis())
            .put("waiting", sample.waiting())
            .put("lanes", lanes)
            .put("webhooks", webhooks(sample)));
  }

  /** Adds a part to {@link #detailed}. */
  public void detail(String name, Supplier<JsonObject> part) {
    details.put(name, part);
  }

  /** All that is known, for people. */
  public Report detailed() {
    Report overall = overall();
    details.forEach((name, part) -> overall.json().put(name, part.get()));
    return overall;
  }

  private static JsonObject webhooks(WorkSample sample) {
    WebhookBacklog backlog = sample.webhooks();
    return new JsonObject()
        .put("unprocessed", backlog.unprocessed())
        .put("oldest_unprocessed_ms", sample.oldestWebhookMillis())
        .put("set_aside", backlog.setAside());
  }

  private static JsonObject lane(Backlog backlog, long now) {
    return new JsonObject()
        .put("channel", backlog.lane().channel().wireName())
        .put("priority", backlog.lane().priority().wireName())
        .put("batch", backlog.lane().kind().batch())
        .put("retry", backlog.lane().kind().retry())
        .put("due", backlog.due())
        .put("later", backlog.later())
        .put("oldest_due_ms", backlog.due() == 0 ? 0 : now - backlog.oldestDueAtMillis());
  }

  /**
   * An answer.
   *
   * @param well whether all is well
   * @param json the same for people
   */
  public record Report(boolean well, JsonObject json) {}

  private enum Phase {
    STARTING("starting"),
    UP("up"),
    DRAINING("draining");

    private final String wireName;

    Phase(String wireName) {
      this.wireName = wireName;
    }
  }
}
