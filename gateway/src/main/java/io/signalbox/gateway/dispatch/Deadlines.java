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
