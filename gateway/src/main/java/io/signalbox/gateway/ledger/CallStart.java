package io.signalbox.gateway.ledger;

import io.signalbox.gateway.call.RequestType;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A call of an operation that is about to be made.
 *
 * @param attempt its id, one of its own
 * @param tenant whose it is; empty if it is nobody's
 * @param provider whom it asks
 * @param type what it asks
 * @param channel the channel that it belongs to
 * @param generation the provider's generation
 * @param service for what the number is wanted, or what is booked; null if not known
 * @param country ISO 3166-1 alpha-2; null if not known
 * @param rentalId the provider's id of the rental or booking; null if it is about none yet
 * @param startedAtMillis now
 * @param deadlineAtMillis when its answer must be known
 */
public record CallStart(
    AttemptId attempt,
    String tenant,
    String provider,
    RequestType type,
    Channel channel,
    long generation,
    @Nullable String service,
    @Nullable String country,
    @Nullable String rentalId,
    long startedAtMillis,
    long deadlineAtMillis) {}
