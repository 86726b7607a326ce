package io.signalbox.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which attempt a provider is asked about.
 *
 * @param attemptId our name of the attempt, as {@link DeliveryRequest#attemptId()} was
 * @param idempotencyKey as {@link DeliveryRequest#idempotencyKey()} was
 * @param providerMessageId the provider's id; null if its answer never came
 * @param channel over which the attempt went
 * @param recipient to whom
 * @param attemptedAt when the attempt began
 * @param timeout how long the look-up may take
 */
public record StatusQuery(
    String attemptId,
    String idempotencyKey,
    @Nullable String providerMessageId,
    Channel channel,
    Recipient recipient,
    Instant attemptedAt,
    Duration timeout) {

  /**
   * Checks that nothing is missing and that there is time.
   *
   * @param attemptId {@link #attemptId()}
   * @param idempotencyKey {@link #idempotencyKey()}
   * @param providerMessageId {@link #providerMessageId()}
   * @param channel {@link #channel()}
   * @param recipient {@link #recipient()}
   * @param attemptedAt {@link #attemptedAt()}
   * @param timeout {@link #timeout()}
   */
  public StatusQuery {
    Objects.requireNonNull(attemptId, "attemptId");
    Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    Objects.requireNonNull(channel, "channel");
    Objects.requireNonNull(recipient, "recipient");
    Objects.requireNonNull(attemptedAt, "attemptedAt");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive, was " + timeout);
    }
  }
}
