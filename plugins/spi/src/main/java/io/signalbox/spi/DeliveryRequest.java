package io.signalbox.spi;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver one notification at one provider.
 *
 * @param attemptId our name of this attempt; at most 40 characters of {@code A-Z a-z 0-9 -}. A
 *     provider passes it on wherever the remote API echoes a caller's value in its webhooks, so
 *     that receipts find their attempt even before the provider's own id is known.
 * @param idempotencyKey the same for every attempt of one notification, also after a failover; of
 *     the same form as {@code attemptId}. Passed on where the remote API protects against doubled
 *     sends; an API that also compares the requests under one key must be given it for an echo too,
 *     instead of the attempt's id.
 * @param channel the channel to use; a provider may serve several
 * @param notificationType the application's own name of this kind of message
 * @param recipient to whom
 * @param content what
 * @param timeout how long this attempt may take until its outcome must be known
 * @param validFor how long the message is still of use, for APIs that take a validity; null if
 *     unlimited
 * @param tags the application's labels, for providers that carry such
 * @param traceparent where the attempt stands in a trace, as the header of that name of W3C Trace
 *     Context has it: passed on in requests over HTTP; null if in none
 * @param mail what a mail asks for besides; only where the plugin's descriptor says that it can do
 *     it; null if nothing
 */
public record DeliveryRequest(
    String attemptId,
    String idempotencyKey,
    Channel channel,
    String notificationType,
    Recipient recipient,
    Content content,
    Duration timeout,
    @Nullable Duration validFor,
    Map<String, String> tags,
    @Nullable String traceparent,
    @Nullable MailOptions mail) {

  /**
   * Copies the tags and checks the timeout.
   *
   * @param attemptId {@link #attemptId()}
   * @param idempotencyKey {@link #idempotencyKey()}
   * @param channel {@link #channel()}
   * @param notificationType {@link #notificationType()}
   * @param recipient {@link #recipient()}
   * @param content {@link #content()}
   * @param timeout {@link #timeout()}
   * @param validFor {@link #validFor()}
   * @param tags {@link #tags()}
   * @param traceparent {@link #traceparent()}
   * @param mail {@link #mail()}
   */
  public DeliveryRequest {
    tags = Map.copyOf(tags);
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive, was " + timeout);
    }
  }

  /**
   * An attempt that asks for nothing besides.
   *
   * @param attemptId {@link #attemptId()}
   * @param idempotencyKey {@link #idempotencyKey()}
   * @param channel {@link #channel()}
   * @param notificationType {@link #notificationType()}
   * @param recipient {@link #recipient()}
   * @param content {@link #content()}
   * @param timeout {@link #timeout()}
   * @param validFor {@link #validFor()}
   * @param tags {@link #tags()}
   * @param traceparent {@link #traceparent()}
   */
  public DeliveryRequest(
      String attemptId,
      String idempotencyKey,
      Channel channel,
      String notificationType,
      Recipient recipient,
      Content content,
      Duration timeout,
      @Nullable Duration validFor,
      Map<String, String> tags,
      @Nullable String traceparent) {
    this(
        attemptId,
        idempotencyKey,
        channel,
        notificationType,
        recipient,
        content,
        timeout,
        validFor,
        tags,
        traceparent,
        null);
  }

  /**
   * An attempt that belongs to no trace and asks for nothing besides.
   *
   * @param attemptId {@link #attemptId()}
   * @param idempotencyKey {@link #idempotencyKey()}
   * @param channel {@link #channel()}
   * @param notificationType {@link #notificationType()}
   * @param recipient {@link #recipient()}
   * @param content {@link #content()}
   * @param timeout {@link #timeout()}
   * @param validFor {@link #validFor()}
   * @param tags {@link #tags()}
   */
  public DeliveryRequest(
      String attemptId,
      String idempotencyKey,
      Channel channel,
      String notificationType,
      Recipient recipient,
      Content content,
      Duration timeout,
      @Nullable Duration validFor,
      Map<String, String> tags) {
    this(
        attemptId,
        idempotencyKey,
        channel,
        notificationType,
        recipient,
        content,
        timeout,
        validFor,
        tags,
        null,
        null);
  }

  /**
   * {@return the same at another place of a trace}
   *
   * @param place {@link #traceparent()}
   */
  public DeliveryRequest withTraceparent(String place) {
    return new DeliveryRequest(
        attemptId,
        idempotencyKey,
        channel,
        notificationType,
        recipient,
        content,
        timeout,
        validFor,
        tags,
        place,
        mail);
  }

  /**
   * {@return the same as a mail that asks for something besides}
   *
   * @param options {@link #mail()}
   */
  public DeliveryRequest withMail(@Nullable MailOptions options) {
    return new DeliveryRequest(
        attemptId,
        idempotencyKey,
        channel,
        notificationType,
        recipient,
        content,
        timeout,
        validFor,
        tags,
        traceparent,
        options);
  }
}
