package io.signalbox.gateway.lookup;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.StatusQuery;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that a provider is asked about.
 *
 * @param provider who made it
 * @param providerMessageId the provider's id; null if its answer never came
 * @param startedAtMillis when it began
 */
public record LookupSubject(
    AttemptId attempt,
    String provider,
    Channel channel,
    Recipient recipient,
    @Nullable String providerMessageId,
    long startedAtMillis) {

  StatusQuery query(Duration timeout) {
    return new StatusQuery(
        attempt.toString(),
        attempt.notification().toString(),
        providerMessageId,
        channel,
        recipient,
        Instant.ofEpochMilli(startedAtMillis),
        timeout);
  }

  @Override
  public String toString() {
    return "LookupSubject[" + attempt + " at " + provider + "]";
  }
}
