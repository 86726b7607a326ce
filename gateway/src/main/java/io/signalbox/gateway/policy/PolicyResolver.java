package io.signalbox.gateway.policy;

import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Decides what applies to a notification: its own fields, then the policy that it names, then the
 * policy of its type, then that of its channel, then the configuration; key by key.
 *
 * <p>A notification costs two look-ups by name: what policies say together is worked out once for
 * each combination that occurs. Immutable and thread-safe.
 */
public final class PolicyResolver {
  private static final int NOBODY = 0;
  private static final int CHANNELS = Channel.values().length;
  private static final int PRIORITIES = Priority.values().length;

  private final Policies policies;
  private final PolicyDefaults defaults;
  private final Map<String, Integer> byName = new HashMap<>();
  private final Map<String, Integer> byType = new HashMap<>();
  private final AtomicReferenceArray<@Nullable EffectivePolicy> resolved;

  /** Makes a resolver of these policies over those defaults. */
  public PolicyResolver(Policies policies, PolicyDefaults defaults) {
    this.policies = policies;
    this.defaults = defaults;
    List<RoutingPolicy> all = policies.all();
    for (int i = 0; i < all.size(); i++) {
      int place = i + 1;
      byName.put(all.get(i).name(), place);
      all.get(i).types().forEach(type -> byType.put(type, place));
    }
    int places = all.size() + 1;
    this.resolved = new AtomicReferenceArray<>(places * places * CHANNELS * PRIORITIES);
  }

  /** The policies that it resolves. */
  public Policies policies() {
    return policies;
  }

  /** What applies to a notification. A policy that it names and that is not there says nothing. */
  public EffectivePolicy resolve(SendNotification notification) {
    String policy = notification.policy();
    int named = policy == null ? NOBODY : byName.getOrDefault(policy, NOBODY);
    // The hash of a type that was just read is not known yet.
    int ofType = byType.isEmpty() ? NOBODY : byType.getOrDefault(notification.type(), NOBODY);
    EffectivePolicy base = base(named, ofType, notification.channel(), notification.priority());
    return decidesItself(notification) ? withOwn(base, notification) : base;
  }

  /**
   * What a policy says, over the configuration alone, about notifications of normal priority.
   *
   * @param policy null for what the configuration says
   */
  public EffectivePolicy effective(@Nullable RoutingPolicy policy) {
    return effective(policy, Priority.NORMAL);
  }

  EffectivePolicy effective(@Nullable RoutingPolicy policy, Priority priority) {
    return new PolicyLayers().add(policy, "").over(defaults.of(null, priority), null);
  }

  private EffectivePolicy base(int named, int ofType, Channel channel, Priority priority) {
    int place =
        ((named * (policies.all().size() + 1) + ofType) * CHANNELS + channel.code()) * PRIORITIES
            + (priority.level() - 1);
    EffectivePolicy known = resolved.get(place);
    if (known != null) {
      return known;
    }
    EffectivePolicy fresh =
        new PolicyLayers()
            .add(policy(named), "")
            .add(policy(ofType), " for its type")
            .add(policies.forChannel(channel), " for channel " + channel.wireName())
            .over(defaults.of(channel, priority), channel);
    resolved.set(place, fresh);
    return fresh;
  }

  private @Nullable RoutingPolicy policy(int place) {
    return place == NOBODY ? null : policies.all().get(place - 1);
  }

  private static boolean decidesItself(SendNotification n) {
    return n.onUnknown() != null
        || n.confirmWithin() != null
        || !n.fallbackChannels().isEmpty()
        || n.provider() != null
        || n.maxAttempts() != null;
  }

  private static EffectivePolicy withOwn(EffectivePolicy base, SendNotification n) {
    Set<PolicyKey<?>> own = new HashSet<>();
    Duration confirmWithin = own(own, PolicyKeys.CONFIRM_WITHIN, n.confirmWithin());
    List<Channel> fallback =
        own(
            own,
            PolicyKeys.FALLBACK_CHANNELS,
            n.fallbackChannels().isEmpty() ? null : n.fallbackChannels());
    return new EffectivePolicy(
        base.name(),
        or(own(own, PolicyKeys.ON_UNKNOWN, n.onUnknown()), base.onUnknown()),
        base.unknownFailoverAfterMillis(),
        base.unknownWaitMillis(),
        confirmWithin == null ? base.confirmWithinMillis() : confirmWithin.toMillis(),
        or(fallback, base.fallbackChannels()),
        orNull(own(own, PolicyKeys.PROVIDER, n.provider()), base.provider()),
        or(own(own, PolicyKeys.MAX_ATTEMPTS, n.maxAttempts()), base.maxAttempts()),
        base.maxRounds(),
        base.attemptTimeoutMillis(),
        base.channelTimeoutMillis(),
        base.notificationTimeoutMillis(),
        base.windowMillis(),
        base.retryBaseMillis(),
        base.retryMaxMillis(),
        base.duplicateBudget(),
        base.failoverOnRejected(),
        base.halfOpenTrials(),
        base.sources().withOwn(own));
  }

  /** Notes that a key is the notification's own, if it gives a value. */
  private static <T> @Nullable T own(Set<PolicyKey<?>> own, PolicyKey<T> key, @Nullable T value) {
    if (value != null) {
      own.add(key);
    }
    return value;
  }

  private static <T> T or(@Nullable T value, T other) {
    return value == null ? other : value;
  }

  private static <T> @Nullable T orNull(@Nullable T value, @Nullable T other) {
    return value == null ? other : value;
  }
}
