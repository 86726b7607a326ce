package io.signalbox.simulator.webhook;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Posts one plugin's webhooks, each receiving server in a lane of its own, so that a dead one holds
 * up no other. What does not fit in its bounds is dropped and counted. For one event loop alone.
 */
public final class WebhookSender {
  private static final int MAX_PENDING = 100_000;
  private static final int MAX_LANES = 64;

  private final Vertx vertx;
  private final HttpClient client;
  private final LongSupplier nanos;
  private final long maxPendingBytes;
  private final WebhookCounters counters = new WebhookCounters();
  private final Map<WebhookCall.Origin, WebhookLane> lanes = new HashMap<>();

  /**
   * A sender with nothing to send.
   *
   * @param client makes the connections; it stays the caller's
   * @param maxPendingBytes the memory that waiting bodies may take
   */
  public WebhookSender(Vertx vertx, HttpClient client, LongSupplier nanos, long maxPendingBytes) {
    this.vertx = vertx;
    this.client = client;
    this.nanos = nanos;
    this.maxPendingBytes = maxPendingBytes;
  }

  /** Sends a webhook as soon as possible, and again for about a minute until a 2xx answer. */
  public void send(WebhookCall call) {
    counters.offered++;
    WebhookCall.Origin origin = call.origin();
    WebhookLane lane = lanes.get(origin);
    if (counters.pending >= MAX_PENDING
        || counters.pendingBytes + call.body().length() > maxPendingBytes
        || (lane == null && lanes.size() >= MAX_LANES)) {
      counters.dropped++;
      return;
    }
    if (lane == null) {
      lane = new WebhookLane(vertx, client, nanos, counters, () -> removeLane(origin));
      lanes.put(origin, lane);
    }
    lane.offer(call);
  }

  /** What became of the webhooks so far, in numbers. */
  public JsonObject counters() {
    return counters.toJson();
  }

  /** Counts webhooks that were lost before they could be handed in. */
  public void countDropped() {
    counters.offered++;
    counters.dropped++;
  }

  /** Forgets what waits and stops all timers. */
  public void close() {
    new ArrayList<>(lanes.values()).forEach(WebhookLane::close);
    lanes.clear();
  }

  private void removeLane(WebhookCall.Origin origin) {
    lanes.remove(origin);
  }
}
