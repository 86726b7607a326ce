package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.Canary;
import io.signalbox.gateway.bus.ProviderMessages.LimitsNow;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Swap;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.scoring.FailureKind;
import io.signalbox.scoring.FailureReport;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Feature;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON form of a provider's state. */
final class ProviderJson {
  private static final double HUNDREDTHS = 100;

  private ProviderJson() {}

  static JsonObject write(
      ProviderState state,
      @Nullable LimitsNow limits,
      @Nullable Swap failedSwap,
      @Nullable Canary trial,
      FailureReport lastMinute) {
    JsonObject json = json(state, limits, lastMinute);
    if (trial != null) {
      json.put(
          "canary",
          new JsonObject().put("generation", trial.generation()).put("share", trial.share()));
    }
    return failedSwap == null ? json : json.put("last_error", lastError(failedSwap));
  }

  private static JsonObject lastError(Swap swap) {
    return new JsonObject()
        .put("at", TimelineJson.time(swap.atMillis()))
        .put("outcome", swap.outcome().name().toLowerCase(Locale.ROOT))
        .put("plugin_version", swap.toVersion())
        .put("reason", swap.reason());
  }

  private static JsonObject json(
      ProviderState state, @Nullable LimitsNow limits, FailureReport lastMinute) {
    return new JsonObject()
        .put("id", state.provider())
        .put("plugin", state.plugin())
        .put("plugin_version", state.pluginVersion())
        .put("generation", state.generation())
        .put("channels", channels(state))
        .put("priority", state.priority())
        .put("weight", state.weight())
        .put("limits", limits(state.limits(), limits))
        .put("features", features(state.abilities().features()))
        .put("senders", sorted(state.abilities().senders().entries()))
        .put("price", state.price())
        .put("timeout_ms", state.timeout().toMillis())
        .put("stage", stage(state))
        .put("breaker", breaker(state.breaker()))
        .put("warnings", new JsonArray(state.warnings()))
        .put("failures", failures(lastMinute));
  }

  private static JsonArray channels(ProviderState state) {
    return new JsonArray(state.channels().stream().map(Channel::wireName).sorted().toList());
  }

  /** What can be done of what not every provider can. */
  static JsonArray features(Set<Feature> features) {
    return sorted(features.stream().map(Feature::wireName).toList());
  }

  private static JsonArray sorted(Collection<String> texts) {
    return new JsonArray(texts.stream().sorted().toList());
  }

  private static JsonObject failures(FailureReport lastMinute) {
    JsonObject kinds = new JsonObject();
    for (FailureKind kind : FailureKind.values()) {
      Integer count = lastMinute.kinds().get(kind);
      if (count != null) {
        kinds.put(kind.wireName(), count);
      }
    }
    return new JsonObject()
        .put("severity", lastMinute.severity().wireName())
        .put("degraded", lastMinute.degraded())
        .put("attempts_last_minute", lastMinute.attempts())
        .put("failures_last_minute", lastMinute.failures())
        .put("failure_rate", lastMinute.failureRate())
        .put("kinds", kinds);
  }

  /** The word for the stage of a provider. */
  static String stage(ProviderState state) {
    return state.stage().name().toLowerCase(Locale.ROOT);
  }

  private static JsonObject limits(ProviderLimits configured, @Nullable LimitsNow now) {
    JsonObject json =
        new JsonObject()
            .put("adaptive_concurrency", configured.adaptiveConcurrency())
            .put("max_concurrent", configured.maxConcurrent())
            .put("max_per_second", configured.maxPerSecond());
    if (configured.maxPerSecond() > 0) {
      json.put("burst", configured.burst());
    }
    if (now != null) {
      json.put("concurrency", now.concurrency())
          .put("per_second", Math.round(now.perSecond() * HUNDREDTHS) / HUNDREDTHS);
    }
    return json;
  }

  static JsonObject breaker(BreakerView breaker) {
    JsonObject json =
        new JsonObject()
            .put("state", breaker.state())
            .put("generation", breaker.generation())
            .put("provider_fault", breaker.fault())
            .put("reason", breaker.reason());
    if (breaker.sinceMillis() > 0) {
      json.put("since", TimelineJson.time(breaker.sinceMillis()));
    }
    if (breaker.openUntilMillis() > 0) {
      json.put("open_until", TimelineJson.time(breaker.openUntilMillis()));
    }
    return json;
  }
}
