package io.signalbox.simulator.core;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a plugin behaves now.
 *
 * @param rate the share of requests, 0 to 1, that the mode applies to
 * @param calls the calls that the mode applies to, by the API's names; empty: to all
 * @param latencyMillis how much later every request is answered
 * @param receiptDelayMillis the time from taking a message to its webhooks
 * @param retryAfterSeconds the hint given with throttling
 * @param seed where the chance of {@code rate} begins; null leaves it to the simulator
 * @param webhookUrl where webhooks go that no request names a URL for; null sends none
 */
public record FaultSettings(
    FaultMode mode,
    double rate,
    Set<String> calls,
    long latencyMillis,
    long receiptDelayMillis,
    int retryAfterSeconds,
    @Nullable Long seed,
    @Nullable String webhookUrl) {

  /** How every plugin starts. */
  public static final FaultSettings INITIAL =
      new FaultSettings(FaultMode.OK, 1.0, Set.of(), 0, 200, 5, null, null);

  /** Copies the names. */
  public FaultSettings {
    calls = Set.copyOf(calls);
  }

  /** Whether the mode is meant for a call. */
  public boolean isMeantFor(String call) {
    return calls.isEmpty() || calls.contains(call);
  }

  /** The form that control calls answer with. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("mode", mode.code())
        .put("rate", rate)
        .put("calls", new JsonArray(List.copyOf(new TreeSet<>(calls))))
        .put("latency_ms", latencyMillis)
        .put("receipt_delay_ms", receiptDelayMillis)
        .put("retry_after_seconds", retryAfterSeconds)
        .put("seed", seed)
        .put("webhook_url", webhookUrl);
  }
}
