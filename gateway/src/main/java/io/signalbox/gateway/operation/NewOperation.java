package io.signalbox.gateway.operation;

import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants.
 *
 * @param tenant whose operation
 * @param kind {@link Channel#NUMBER} or {@link Channel#BOOKING}
 * @param service for what a number is wanted, or what is booked
 * @param country ISO 3166-1 alpha-2; null for a booking
 * @param request as the kind reads it
 * @param idempotencyKey unique among the tenant's operations; null for none
 * @param digest of the request as it came: the same key with another digest is refused
 * @param waitFor how long the caller waits for the end; the gateway's {@code operations.wait}
 *     bounds it
 * @param patience how long the operation waits for a provider that can be asked; zero if it fails
 *     when there is none
 * @param trace where it stands in the trace of its request
 */
public record NewOperation(
    String tenant,
    Channel kind,
    String service,
    @Nullable String country,
    JsonObject request,
    @Nullable String idempotencyKey,
    String digest,
    Duration waitFor,
    Duration patience,
    TraceContext trace) {

  /** Without request and key. */
  @Override
  public String toString() {
    return "NewOperation[" + kind.wireName() + "]";
  }
}
