package io.signalbox.provider.postmark;

import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One webhook, normalised. */
final class PostmarkEvent {
  static final Set<ReceiptStatus> STATUSES =
      Set.of(
          ReceiptStatus.DEFERRED,
          ReceiptStatus.FAILED,
          ReceiptStatus.REJECTED,
          ReceiptStatus.BOUNCED,
          ReceiptStatus.DELIVERED,
          ReceiptStatus.OPENED,
          ReceiptStatus.CLICKED,
          ReceiptStatus.COMPLAINED,
          ReceiptStatus.UNSUBSCRIBED,
          ReceiptStatus.UNKNOWN);

  private static final List<String> TIMES =
      List.of("DeliveredAt", "BouncedAt", "ReceivedAt", "ChangedAt");

  private PostmarkEvent() {}

  /**
   * The receipt of a webhook or, since they have the same fields, of a bounce that was asked for.
   */
  static Receipt receipt(String recordType, JsonObject event, Instant receivedAt) {
    EventMeaning meaning = EventMeaning.of(recordType, event);
    String bounceType = JsonBody.text(event, "Type");
    Instant time = time(event);
    return new Receipt(
        eventId(recordType, event, time),
        attemptId(event),
        messageId(event),
        meaning.status(),
        meaning.reason(),
        recordType.equals(EventMeaning.BOUNCE) && bounceType != null ? bounceType : recordType,
        JsonBody.text(event, "TypeCode"),
        text(event),
        recipient(event),
        time == null ? receivedAt : time);
  }

  static @Nullable String attemptId(JsonObject event) {
    JsonObject metadata = JsonBody.object(event, "Metadata");
    return Correlation.attemptId(JsonBody.text(metadata, Correlation.NAME));
  }

  static @Nullable String messageId(JsonObject event) {
    String id = JsonBody.text(event, "MessageID");
    return id == null || id.isBlank() ? null : id;
  }

  static @Nullable Instant parseTime(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * Bounces have an id. All others have their message and time, and what stands for the recipient:
   * a change of a subscription may be about no message, and ids are no place for addresses.
   */
  private static String eventId(String recordType, JsonObject event, @Nullable Instant time) {
    String id = JsonBody.text(event, "ID");
    if (id != null && !id.isBlank()) {
      return recordType + "/" + id;
    }
    String recipient = Objects.requireNonNullElse(recipient(event), "");
    String hash = Integer.toHexString(recipient.toLowerCase(Locale.ROOT).hashCode());
    return recordType + "/" + messageId(event) + "/" + time + "/" + hash;
  }

  private static @Nullable String recipient(JsonObject event) {
    String recipient = JsonBody.text(event, "Recipient");
    return recipient == null ? JsonBody.text(event, "Email") : recipient;
  }

  private static @Nullable String text(JsonObject event) {
    for (String field : List.of("Details", "Description", "SuppressionReason")) {
      String text = JsonBody.text(event, field);
      if (text != null && !text.isBlank()) {
        return text;
      }
    }
    return null;
  }

  private static @Nullable Instant time(JsonObject event) {
    for (String field : TIMES) {
      Instant time = parseTime(JsonBody.text(event, field));
      if (time != null) {
        return time;
      }
    }
    return null;
  }
}
