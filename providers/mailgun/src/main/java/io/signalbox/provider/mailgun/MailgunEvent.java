package io.signalbox.provider.mailgun;

import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.TimestampTolerance;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One event, as webhooks and the Events API have it, normalised. */
final class MailgunEvent {
  static final Set<ReceiptStatus> STATUSES =
      Set.of(
          ReceiptStatus.QUEUED,
          ReceiptStatus.DEFERRED,
          ReceiptStatus.DELIVERED,
          ReceiptStatus.BOUNCED,
          ReceiptStatus.EXPIRED,
          ReceiptStatus.REJECTED,
          ReceiptStatus.OPENED,
          ReceiptStatus.CLICKED,
          ReceiptStatus.COMPLAINED,
          ReceiptStatus.UNSUBSCRIBED,
          ReceiptStatus.UNKNOWN);

  /** Seconds that are still a time; more would overflow an {@link Instant}. */
  private static final double MAX_SECONDS = 1e12;

  private static final double MILLIS_PER_SECOND = 1_000;

  private MailgunEvent() {}

  static Receipt receipt(JsonObject event, Instant receivedAt) {
    String type = Objects.requireNonNullElse(JsonBody.text(event, "event"), "");
    EventMeaning meaning = EventMeaning.of(type, event);
    Instant time = time(event);
    return new Receipt(
        eventId(event, type, time),
        attemptId(event),
        messageId(event),
        meaning.status(),
        meaning.reason(),
        providerStatus(event, type),
        code(event),
        text(event),
        recipient(event),
        time == null ? receivedAt : time);
  }

  static @Nullable String attemptId(JsonObject event) {
    JsonObject variables = JsonBody.object(event, "user-variables");
    return Correlation.attemptId(JsonBody.text(variables, Correlation.NAME));
  }

  static @Nullable String messageId(JsonObject event) {
    JsonObject headers = JsonBody.object(JsonBody.object(event, "message"), "headers");
    return MessageId.of(JsonBody.text(headers, "message-id"));
  }

  static @Nullable String recipient(JsonObject event) {
    return JsonBody.text(event, "recipient");
  }

  /** Mailgun's id is unique within a day only, hence the time beside it. */
  private static String eventId(JsonObject event, String type, @Nullable Instant time) {
    String id = JsonBody.text(event, "id");
    String millis = time == null ? "-" : Long.toString(time.toEpochMilli());
    return id == null || id.isBlank()
        ? messageId(event) + "/" + type + "/" + millis
        : id + "/" + millis;
  }

  /** Failures have the names of their webhooks, which say which of the two kinds they are. */
  private static String providerStatus(JsonObject event, String type) {
    String severity = JsonBody.text(event, "severity");
    if (!type.equals(EventMeaning.FAILED) || severity == null) {
      return type;
    }
    return switch (severity) {
      case EventMeaning.PERMANENT -> "permanent_fail";
      case EventMeaning.TEMPORARY -> "temporary_fail";
      default -> type;
    };
  }

  private static @Nullable String code(JsonObject event) {
    JsonObject status = JsonBody.object(event, "delivery-status");
    String enhanced = JsonBody.text(status, "enhanced-code");
    return enhanced == null || enhanced.isBlank() ? JsonBody.text(status, "code") : enhanced;
  }

  /** Mailgun's reason, and the sentence of the receiving server or of Mailgun. */
  private static @Nullable String text(JsonObject event) {
    String bot = JsonBody.text(JsonBody.object(event, "client-info"), "bot");
    if (bot != null && !bot.isBlank()) {
      return "by a machine: " + bot;
    }
    JsonObject status = JsonBody.object(event, "delivery-status");
    String sentence = JsonBody.text(status, "message");
    if (sentence == null || sentence.isBlank()) {
      sentence = JsonBody.text(status, "description");
    }
    String reason = JsonBody.text(event, "reason");
    if (reason == null) {
      reason = JsonBody.text(JsonBody.object(event, "reject"), "reason");
    }
    if (sentence == null || sentence.isBlank()) {
      return reason;
    }
    return reason == null ? sentence : reason + ": " + sentence;
  }

  private static @Nullable Instant time(JsonObject event) {
    if (event.getValue("timestamp") instanceof Number number) {
      double seconds = number.doubleValue();
      return seconds > 0 && seconds < MAX_SECONDS
          ? Instant.ofEpochMilli(Math.round(seconds * MILLIS_PER_SECOND))
          : null;
    }
    return TimestampTolerance.parseUnixSeconds(JsonBody.text(event, "timestamp")).orElse(null);
  }
}
