package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Which notifications that wait for a person are meant: dead letters and those held; every part
 * that is not null must fit.
 *
 * @param tenant whose
 * @param id only this one
 * @param channel only of this channel
 * @param provider only those that this provider tried last
 * @param diedAfterMillis only those that died at or after this time; 0 for all
 * @param diedBeforeMillis only those that died before this time; {@link Long#MAX_VALUE} for all
 * @param state only held ones, or only dead letters; null for both
 */
public record DeadLetterFilter(
    String tenant,
    @Nullable NotificationId id,
    @Nullable Channel channel,
    @Nullable String provider,
    long diedAfterMillis,
    long diedBeforeMillis,
    @Nullable NotificationState state) {

  /** The same, but only those that had died by then. */
  public DeadLetterFilter diedBy(long millis) {
    return new DeadLetterFilter(
        tenant,
        id,
        channel,
        provider,
        diedAfterMillis,
        Math.min(diedBeforeMillis, millis + 1),
        state);
  }

  /** All that wait for a person of a tenant. */
  public static DeadLetterFilter all(String tenant) {
    return new DeadLetterFilter(tenant, null, null, null, 0, Long.MAX_VALUE, null);
  }
}
