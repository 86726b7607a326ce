package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the suppression list are meant; every part that is not null must fit.
 *
 * @param tenant whose list
 * @param channel only of this channel
 * @param recipient only this address, as {@link Addressee#normal} gives it
 * @param reason only for this reason
 */
public record SuppressionFilter(
    String tenant,
    @Nullable Channel channel,
    @Nullable String recipient,
    @Nullable SuppressionReason reason) {

  /** All entries of a tenant. */
  public static SuppressionFilter all(String tenant) {
    return new SuppressionFilter(tenant, null, null, null);
  }

  @Override
  public String toString() {
    return "SuppressionFilter[masked]";
  }
}
