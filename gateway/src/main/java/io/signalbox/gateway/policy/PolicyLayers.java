package io.signalbox.gateway.policy;

import io.signalbox.spi.Channel;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lays policies over one another: for each key the first that says something decides. */
final class PolicyLayers {
  private final Map<RoutingPolicy, String> layers = new LinkedHashMap<>();
  private final Map<PolicyKey<?>, String> sources = new HashMap<>();

  /**
   * Adds the next layer, if there is one; a policy that stands in an earlier layer adds nothing.
   */
  PolicyLayers add(@Nullable RoutingPolicy policy, String why) {
    if (policy != null) {
      layers.putIfAbsent(policy, "policy " + policy.name() + why);
    }
    return this;
  }

  /**
   * The dense policy, with these defaults below. Called once.
   *
   * @param own the channel that is no fallback; null if none is known
   */
  EffectivePolicy over(EffectivePolicy defaults, @Nullable Channel own) {
    long retryBase = millis(PolicyKeys.RETRY_BASE, defaults.retryBaseMillis());
    List<Channel> fallback = first(PolicyKeys.FALLBACK_CHANNELS, defaults.fallbackChannels());
    return new EffectivePolicy(
        layers.isEmpty() ? defaults.name() : layers.keySet().iterator().next().name(),
        first(PolicyKeys.ON_UNKNOWN, defaults.onUnknown()),
        millis(PolicyKeys.UNKNOWN_FAILOVER_AFTER, defaults.unknownFailoverAfterMillis()),
        millis(PolicyKeys.UNKNOWN_WAIT, defaults.unknownWaitMillis()),
        millis(PolicyKeys.CONFIRM_WITHIN, defaults.confirmWithinMillis()),
        fallback.stream().filter(channel -> channel != own).toList(),
        firstOrNull(PolicyKeys.PROVIDER),
        first(PolicyKeys.MAX_ATTEMPTS, defaults.maxAttempts()),
        first(PolicyKeys.MAX_ROUNDS, defaults.maxRounds()),
        millis(PolicyKeys.ATTEMPT_TIMEOUT, defaults.attemptTimeoutMillis()),
        millis(PolicyKeys.CHANNEL_TIMEOUT, defaults.channelTimeoutMillis()),
        millis(PolicyKeys.NOTIFICATION_TIMEOUT, defaults.notificationTimeoutMillis()),
        millis(PolicyKeys.WINDOW, defaults.windowMillis()),
        retryBase,
        // The two may come from different layers.
        Math.max(retryBase, millis(PolicyKeys.RETRY_MAX, defaults.retryMaxMillis())),
        firstOrNull(PolicyKeys.DUPLICATE_BUDGET),
        first(PolicyKeys.FAILOVER_ON_REJECTED, defaults.failoverOnRejected()),
        first(PolicyKeys.HALF_OPEN_TRIALS, defaults.halfOpenTrials()),
        new PolicySources(Set.of(), sources));
  }

  private long millis(PolicyKey<Duration> key, long fallback) {
    Duration value = firstOrNull(key);
    return value == null ? fallback : value.toMillis();
  }

  private <T> T first(PolicyKey<T> key, T fallback) {
    T value = firstOrNull(key);
    return value == null ? fallback : value;
  }

  private <T> @Nullable T firstOrNull(PolicyKey<T> key) {
    for (Map.Entry<RoutingPolicy, String> layer : layers.entrySet()) {
      T value = layer.getKey().get(key);
      if (value != null) {
        sources.put(key, layer.getValue());
        return value;
      }
    }
    return null;
  }
}
