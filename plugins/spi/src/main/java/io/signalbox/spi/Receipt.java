package io.signalbox.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One normalised statement of a provider about one attempt.
 *
 * <p>A receipt names its attempt by our own value ({@code attemptId}) where the provider echoed it,
 * and by the provider's id otherwise; at least one of the two is there unless the event is about no
 * message at all.
 *
 * @param eventId the provider's id of this event, the same each time it is repeated; where the
 *     provider has none, message id, status and time joined. Used to drop repeats.
 * @param attemptId our value as the provider echoed it: the attempt's id or, where the remote API
 *     wants the same request for every attempt, the notification's ({@link
 *     DeliveryRequest#idempotencyKey()}), which then means its latest attempt at this provider,
 *     unless the message id names another; null if the provider echoed nothing
 * @param providerMessageId the provider's id of the message, in the form that {@link
 *     Outcome.Sent#providerMessageId()} has; null if the event does not carry one
 * @param status the normalised status
 * @param reason the class of reason; {@link ReasonClass#NONE} for good news
 * @param providerStatus the provider's own word for the status, for example {@code undelivered}
 * @param providerCode the provider's own code, for example {@code 30003}; null if there is none
 * @param providerText the provider's own explanation; null if there is none
 * @param recipient the recipient as the provider names it; null if the event does not say
 * @param occurredAt when it happened according to the provider; arrival time if it does not say
 */
public record Receipt(
    String eventId,
    @Nullable String attemptId,
    @Nullable String providerMessageId,
    ReceiptStatus status,
    ReasonClass reason,
    String providerStatus,
    @Nullable String providerCode,
    @Nullable String providerText,
    @Nullable String recipient,
    Instant occurredAt) {

  @Override
  public String toString() {
    return "Receipt[" + eventId + " " + status.wireName() + "]";
  }
}
