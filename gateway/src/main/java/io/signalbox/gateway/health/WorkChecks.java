package io.signalbox.gateway.health;

import io.signalbox.gateway.ledger.Backlog;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;

/** Whether what waits is worked on. Thread-safe. */
public final class WorkChecks {
  private final WorkMonitor monitor;
  private final Clock clock;

  /** Makes them over what a monitor saw. */
  public WorkChecks(WorkMonitor monitor, Clock clock) {
    this.monitor = monitor;
    this.clock = clock;
  }

  /** All of them. */
  public List<HealthCheck> all() {
    return List.of(
        HealthCheck.ofMemory("consumption", this::consumption),
        HealthCheck.ofMemory("webhooks", this::webhooks));
  }

  private CheckReport consumption() {
    WorkSample sample = monitor.sample();
    JsonObject json =
        monitor
            .consumption()
            .json(clock.millis())
            .put("waiting", sample.waiting())
            .put("oldest_due_ms", sample.oldestDueMillis())
            .put("lanes", lanes(sample));
    return sample.workStalled()
        ? CheckReport.down(
            "notifications are due for " + sample.oldestDueMillis() + " ms and nothing is done",
            json)
        : CheckReport.up(json);
  }

  private CheckReport webhooks() {
    WorkSample sample = monitor.sample();
    JsonObject json = webhooks(sample);
    if (sample.webhooksStalled()) {
      return CheckReport.down("stored webhooks take no effect", json);
    }
    return sample.webhooks().setAside() > 0
        ? CheckReport.degraded("some were set aside, because the ledger refused them", json)
        : CheckReport.up(json);
  }

  static JsonObject webhooks(WorkSample sample) {
    return new JsonObject()
        .put("unprocessed", sample.webhooks().unprocessed())
        .put("oldest_unprocessed_ms", sample.oldestWebhookMillis())
        .put("set_aside", sample.webhooks().setAside());
  }

  static JsonArray lanes(WorkSample sample) {
    JsonArray lanes = new JsonArray();
    for (Backlog lane : sample.lanes()) {
      lanes.add(lane(lane, sample.oldestDueMillis(lane)));
    }
    return lanes;
  }

  private static JsonObject lane(Backlog backlog, long oldestDueMillis) {
    return new JsonObject()
        .put("channel", backlog.lane().channel().wireName())
        .put("priority", backlog.lane().priority().wireName())
        .put("batch", backlog.lane().kind().batch())
        .put("retry", backlog.lane().kind().retry())
        .put("due", backlog.due())
        .put("later", backlog.later())
        .put("oldest_due_ms", oldestDueMillis);
  }
}
