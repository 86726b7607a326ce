package io.signalbox.simulator.core;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How a plugin behaves now.
 *
 * @param rate the share of requests, 0 to 1, that the mode applies to
 * @param latencyMillis how much later every request is answered
 * @param receiptDelayMillis the time from taking a message to its webhooks
 * @param retryAfterSeconds the hint given with throttling
 * @param seed where the chance of {@code rate} begins; null leaves it to the simulator
 * @param webhookUrl where webhooks go that no request names a URL for; null sends none
 */
public record FaultSettings(
    FaultMode mode,
    double rate,
    long latencyMillis,
    long receiptDelayMillis,
    int retryAfterSeconds,
    @Nullable Long seed,
    @Nullable String webhookUrl) {

  /** How every plugin starts. */
  public static final FaultSettings INITIAL =
      new FaultSettings(FaultMode.OK, 1.0, 0, 200, 5, null, null);

  /** The form that control calls answer with. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("mode", mode.code())
        .put("rate", rate)
        .put("latency_ms", latencyMillis)
        .put("receipt_delay_ms", receiptDelayMillis)
        .put("retry_after_seconds", retryAfterSeconds)
        .put("seed", seed)
        .put("webhook_url", webhookUrl);
  }
}
