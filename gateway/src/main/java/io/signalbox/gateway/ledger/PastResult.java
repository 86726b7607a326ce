package io.signalbox.gateway.ledger;

import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * The end of a past attempt, as far as health cares.
 *
 * @param delivery what receipts said of it; null if none said whether it arrived
 */
public record PastResult(
    String provider,
    Channel channel,
    OutcomeKind outcome,
    long tookMillis,
    long endedAtMillis,
    @Nullable DeliveryNews delivery) {}
