package io.signalbox.spi.events;

import io.signalbox.spi.Channel;
import io.signalbox.spi.ReasonClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One normalised event: the same model for every provider, on the event bus and in callbacks.
 *
 * <p>There are four families. {@code io.signalbox.receipt.<status>} is what a provider said of an
 * attempt, by webhook or look-up, once for each new statement, also where it came late and moved
 * nothing. {@code io.signalbox.notification.<state>} tells that a notification moved to a state
 * other than those of work that goes on. {@code io.signalbox.operation.<what>} is about a rented
 * number or a booking. {@code io.signalbox.callback.<what>} is about a callback endpoint.
 *
 * @param id of the event, the same each time that it is told
 * @param type the family and the status, such as {@code io.signalbox.receipt.bounced}
 * @param tenant whose notification
 * @param callbackId the callback endpoint that the event is about; null where it is about none
 * @param notificationId null where the event is about no notification
 * @param attemptId null where no attempt is known, or none was made
 * @param provider the provider's id; null where none had a part in it
 * @param providerMessageId the provider's id of the message
 * @param channel null where neither an attempt nor a notification tells it
 * @param status the status of the receipt or the state of the notification, by its wire name; for
 *     an endpoint the last word of the type
 * @param reason the class of reason
 * @param providerCode the provider's own code
 * @param providerText the provider's own explanation, or the gateway's where it decided itself
 * @param recipient personal data: never write it to a log
 * @param occurredAt when it happened, according to the provider for receipts
 * @param receivedAt when the gateway learned of it
 * @param traceparent where the notification stands in the trace of the request that brought it, as
 *     the header of that name of W3C Trace Context has it; null where the event is about none
 * @param operation the operation that the event is about; null where it is about none
 */
public record NotificationEvent(
    String id,
    String type,
    String tenant,
    @Nullable String callbackId,
    @Nullable String notificationId,
    @Nullable String attemptId,
    @Nullable String provider,
    @Nullable String providerMessageId,
    @Nullable Channel channel,
    String status,
    ReasonClass reason,
    @Nullable String providerCode,
    @Nullable String providerText,
    @Nullable String recipient,
    Instant occurredAt,
    Instant receivedAt,
    @Nullable String traceparent,
    @Nullable OperationFacts operation) {

  /** What the types of all receipts begin with. */
  public static final String RECEIPT = "io.signalbox.receipt.";

  /** What the types of all moves of notifications begin with. */
  public static final String NOTIFICATION = "io.signalbox.notification.";

  /** What the types of all events about operations begin with. */
  public static final String OPERATION = "io.signalbox.operation.";

  /** What the types of all events about bookings that were made begin with. */
  public static final String BOOKING = "io.signalbox.booking.";

  /** What the types of all events about callback endpoints begin with. */
  public static final String CALLBACK = "io.signalbox.callback.";

  /**
   * An event that belongs to no trace.
   *
   * @param id {@link #id()}
   * @param type {@link #type()}
   * @param tenant {@link #tenant()}
   * @param callbackId {@link #callbackId()}
   * @param notificationId {@link #notificationId()}
   * @param attemptId {@link #attemptId()}
   * @param provider {@link #provider()}
   * @param providerMessageId {@link #providerMessageId()}
   * @param channel {@link #channel()}
   * @param status {@link #status()}
   * @param reason {@link #reason()}
   * @param providerCode {@link #providerCode()}
   * @param providerText {@link #providerText()}
   * @param recipient {@link #recipient()}
   * @param occurredAt {@link #occurredAt()}
   * @param receivedAt {@link #receivedAt()}
   */
  public NotificationEvent(
      String id,
      String type,
      String tenant,
      @Nullable String callbackId,
      @Nullable String notificationId,
      @Nullable String attemptId,
      @Nullable String provider,
      @Nullable String providerMessageId,
      @Nullable Channel channel,
      String status,
      ReasonClass reason,
      @Nullable String providerCode,
      @Nullable String providerText,
      @Nullable String recipient,
      Instant occurredAt,
      Instant receivedAt) {
    this(
        id,
        type,
        tenant,
        callbackId,
        notificationId,
        attemptId,
        provider,
        providerMessageId,
        channel,
        status,
        reason,
        providerCode,
        providerText,
        recipient,
        occurredAt,
        receivedAt,
        null,
        null);
  }

  /**
   * An event that is about no operation.
   *
   * @param id {@link #id()}
   * @param type {@link #type()}
   * @param tenant {@link #tenant()}
   * @param callbackId {@link #callbackId()}
   * @param notificationId {@link #notificationId()}
   * @param attemptId {@link #attemptId()}
   * @param provider {@link #provider()}
   * @param providerMessageId {@link #providerMessageId()}
   * @param channel {@link #channel()}
   * @param status {@link #status()}
   * @param reason {@link #reason()}
   * @param providerCode {@link #providerCode()}
   * @param providerText {@link #providerText()}
   * @param recipient {@link #recipient()}
   * @param occurredAt {@link #occurredAt()}
   * @param receivedAt {@link #receivedAt()}
   * @param traceparent {@link #traceparent()}
   */
  public NotificationEvent(
      String id,
      String type,
      String tenant,
      @Nullable String callbackId,
      @Nullable String notificationId,
      @Nullable String attemptId,
      @Nullable String provider,
      @Nullable String providerMessageId,
      @Nullable Channel channel,
      String status,
      ReasonClass reason,
      @Nullable String providerCode,
      @Nullable String providerText,
      @Nullable String recipient,
      Instant occurredAt,
      Instant receivedAt,
      @Nullable String traceparent) {
    this(
        id,
        type,
        tenant,
        callbackId,
        notificationId,
        attemptId,
        provider,
        providerMessageId,
        channel,
        status,
        reason,
        providerCode,
        providerText,
        recipient,
        occurredAt,
        receivedAt,
        traceparent,
        null);
  }

  @Override
  public String toString() {
    return "NotificationEvent[" + type + " " + id + "]";
  }
}
