package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.spi.Channel;
import java.time.Instant;

/**
 * The deadlines of a notification. They nest: an attempt ends with its channel's time, that with
 * the notification's. Pure functions of times in milliseconds since 1970; {@link Long#MAX_VALUE}
 * stands for no deadline.
 */
final class Deadlines {
  /**
   * No attempt begins with less time than this: cut off that early it would leave an unknown
   * outcome, and little else.
   */
  static final long LEAST_MILLIS = 1_000;

  /** Whoever sets short times wants more than one attempt in them. */
  private static final int SHORT_PART = 4;

  private Deadlines() {}

  /** From when a notification's times count: its acceptance (or last replay), or its send time. */
  static long beginMillis(WorkItem item) {
    Instant sendAt = item.notification().sendAt();
    return sendAt == null
        ? item.acceptedAtMillis()
        : Math.max(item.acceptedAtMillis(), sendAt.toEpochMilli());
  }

  /** When the notification is of no use any more, or its own deadline is over. */
  static long endMillis(WorkItem item, EffectivePolicy policy) {
    Instant expiresAt = item.notification().expiresAt();
    return Math.min(
        expiresAt == null ? Long.MAX_VALUE : expiresAt.toEpochMilli(),
        after(beginMillis(item), policy.notificationTimeoutMillis()));
  }

  /** Whether it is of no use any more, rather than only past its policy's deadline. */
  static boolean isExpired(WorkItem item, long nowMillis) {
    Instant expiresAt = item.notification().expiresAt();
    return expiresAt != null && nowMillis >= expiresAt.toEpochMilli();
  }

  /** When a channel is exhausted by time: counted from the first attempt on it. */
  static long channelEndMillis(WorkItem item, EffectivePolicy policy, Channel channel) {
    if (policy.channelTimeoutMillis() == 0) {
      return Long.MAX_VALUE;
    }
    for (PastAttempt past : item.attempts()) {
      if (past.channel() == channel && past.round() != PastAttempt.BEFORE_REPLAY) {
        return after(past.startedAtMillis(), policy.channelTimeoutMillis());
      }
    }
    return Long.MAX_VALUE;
  }

  /** Whether too little is left of the notification's time for one more attempt. */
  static boolean isTooLate(WorkItem item, EffectivePolicy policy, long nowMillis) {
    return endMillis(item, policy) - nowMillis < leastMillis(item, policy);
  }

  /** Whether too little is left of the channel's time for one more attempt. */
  static boolean isTooLate(WorkItem item, EffectivePolicy policy, Channel channel, long nowMillis) {
    return channelEndMillis(item, policy, channel) - nowMillis < leastMillis(item, policy);
  }

  private static long leastMillis(WorkItem item, EffectivePolicy policy) {
    long attempt = Math.min(LEAST_MILLIS, after(0, policy.attemptTimeoutMillis()));
    long shorter =
        Math.min(
            endMillis(item, policy) - beginMillis(item), after(0, policy.channelTimeoutMillis()));
    return Math.max(1, Math.min(attempt, shorter / SHORT_PART));
  }

  /**
   * How long an attempt takes that nothing cuts off: the provider's timeout, or the policy's if
   * that is shorter and leaves a provider a chance. Only one that had this long and got no answer
   * speaks against the provider.
   */
  static long fullAttemptMillis(EffectivePolicy policy, long providerTimeoutMillis) {
    long wanted = policy.attemptTimeoutMillis();
    return wanted < LEAST_MILLIS ? providerTimeoutMillis : Math.min(wanted, providerTimeoutMillis);
  }

  /**
   * When an attempt that begins now must have ended.
   *
   * @param providerTimeoutMillis how long the provider lets an attempt take
   */
  static long attemptEndMillis(
      WorkItem item,
      EffectivePolicy policy,
      Channel channel,
      long providerTimeoutMillis,
      long nowMillis) {
    long channelEnd =
        Math.min(
            channelEndMillis(item, policy, channel),
            after(nowMillis, policy.channelTimeoutMillis()));
    return Math.min(
        Math.min(
            nowMillis + providerTimeoutMillis, after(nowMillis, policy.attemptTimeoutMillis())),
        Math.min(channelEnd, endMillis(item, policy)));
  }

  private static long after(long millis, long timeoutMillis) {
    return timeoutMillis == 0 ? Long.MAX_VALUE : millis + timeoutMillis;
  }
}
