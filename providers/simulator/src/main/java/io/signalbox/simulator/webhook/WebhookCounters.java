package io.signalbox.simulator.webhook;

import io.vertx.core.json.JsonObject;

/** What became of one plugin's webhooks. */
final class WebhookCounters {
  long offered;
  long sent;
  long acknowledged;
  long failed;
  long dropped;
  int pending;
  long pendingBytes;

  JsonObject toJson() {
    return new JsonObject()
        .put("offered", offered)
        .put("sent", sent)
        .put("acknowledged", acknowledged)
        .put("failed", failed)
        .put("dropped", dropped)
        .put("pending", pending);
  }
}
