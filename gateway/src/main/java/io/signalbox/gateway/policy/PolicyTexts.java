package io.signalbox.gateway.policy;

import io.signalbox.spi.Channel;
import io.signalbox.spi.ConfigReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the values of an effective policy as a file would hold them. */
public final class PolicyTexts {
  private PolicyTexts() {}

  /** The value of every key, in the order of the documentation; null where nothing is set. */
  public static Map<PolicyKey<?>, @Nullable String> of(EffectivePolicy policy) {
    Map<PolicyKey<?>, @Nullable String> texts = new LinkedHashMap<>();
    texts.put(PolicyKeys.ON_UNKNOWN, policy.onUnknown().wireName());
    texts.put(PolicyKeys.UNKNOWN_FAILOVER_AFTER, duration(policy.unknownFailoverAfterMillis()));
    texts.put(PolicyKeys.UNKNOWN_WAIT, duration(policy.unknownWaitMillis()));
    texts.put(PolicyKeys.CONFIRM_WITHIN, duration(policy.confirmWithinMillis()));
    texts.put(
        PolicyKeys.FALLBACK_CHANNELS,
        policy.fallbackChannels().stream().map(Channel::wireName).collect(Collectors.joining(",")));
    texts.put(PolicyKeys.PROVIDER, policy.provider());
    texts.put(PolicyKeys.MAX_ATTEMPTS, Integer.toString(policy.maxAttempts()));
    texts.put(PolicyKeys.MAX_ROUNDS, Integer.toString(policy.maxRounds()));
    texts.put(PolicyKeys.ATTEMPT_TIMEOUT, duration(policy.attemptTimeoutMillis()));
    texts.put(PolicyKeys.CHANNEL_TIMEOUT, duration(policy.channelTimeoutMillis()));
    texts.put(PolicyKeys.NOTIFICATION_TIMEOUT, duration(policy.notificationTimeoutMillis()));
    texts.put(PolicyKeys.WINDOW, duration(policy.windowMillis()));
    texts.put(PolicyKeys.RETRY_BASE, duration(policy.retryBaseMillis()));
    texts.put(PolicyKeys.RETRY_MAX, duration(policy.retryMaxMillis()));
    Double budget = policy.duplicateBudget();
    texts.put(PolicyKeys.DUPLICATE_BUDGET, budget == null ? null : budget.toString());
    texts.put(PolicyKeys.FAILOVER_ON_REJECTED, Boolean.toString(policy.failoverOnRejected()));
    texts.put(PolicyKeys.HALF_OPEN_TRIALS, Boolean.toString(policy.halfOpenTrials()));
    return texts;
  }

  private static String duration(long millis) {
    return ConfigReader.format(Duration.ofMillis(millis));
  }
}
