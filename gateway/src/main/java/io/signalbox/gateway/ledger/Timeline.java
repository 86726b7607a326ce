package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one notification.
 *
 * @param content the notification as it was accepted, the JSON object of the API; empty if it was
 *     removed for its age
 * @param dueAtMillis when something is to be done next; 0 if nothing is
 * @param reason why it is in its state, such as {@code rounds_exhausted}; null if the state says
 *     all
 * @param trace where it stands in the trace of the request that brought it
 */
public record Timeline(
    NotificationId id,
    String tenant,
    Buffer content,
    NotificationState state,
    @Nullable String reason,
    int round,
    long acceptedAtMillis,
    long updatedAtMillis,
    long dueAtMillis,
    @Nullable String subject,
    TraceContext trace,
    List<AttemptEntry> attempts,
    List<ReceiptEntry> receipts,
    List<Event> events) {

  /** Copies the lists. */
  public Timeline {
    attempts = List.copyOf(attempts);
    receipts = List.copyOf(receipts);
    events = List.copyOf(events);
  }

  /**
   * One attempt.
   *
   * @param outcome null while it is under way
   * @param next what followed, with its reason, such as {@code failover: transient}; null if under
   *     way
   * @param endedAtMillis 0 while it is under way
   * @param progress how far it got, by name; null while it is under way
   * @param confirmationFailover whether it began because an earlier one was not confirmed
   */
  public record AttemptEntry(
      int number,
      int round,
      Channel channel,
      String provider,
      long generation,
      Decision decision,
      long startedAtMillis,
      long endedAtMillis,
      long tookMillis,
      @Nullable OutcomeKind outcome,
      @Nullable String progress,
      int httpStatus,
      @Nullable String code,
      @Nullable String message,
      @Nullable String providerMessageId,
      @Nullable String next,
      boolean possibleDuplicate,
      boolean confirmationFailover) {}

  /** One receipt. */
  public record ReceiptEntry(
      int attempt,
      String provider,
      ReceiptStatus status,
      String reason,
      String providerStatus,
      @Nullable String providerCode,
      @Nullable String providerText,
      long occurredAtMillis,
      long receivedAtMillis) {}

  /**
   * A step without an attempt: waiting, retry, replay, end.
   *
   * @param event a short lower-case word
   * @param detail the reason in words; null if the word says all
   */
  public record Event(long atMillis, String event, @Nullable String detail) {}
}
