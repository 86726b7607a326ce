package io.signalbox.provider.resend;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One event, normalised. */
final class ResendEvent {
  private static final String BOUNCED = "email.bounced";
  private static final String FAILED = "email.failed";
  private static final String SUPPRESSED = "email.suppressed";

  /** The events whose meaning needs no further look. */
  private static final Map<String, ReceiptStatus> EVENTS =
      Map.of(
          "email.scheduled",
          ReceiptStatus.QUEUED,
          "email.sent",
          ReceiptStatus.SENT,
          "email.delivered",
          ReceiptStatus.DELIVERED,
          "email.delivery_delayed",
          ReceiptStatus.DEFERRED,
          BOUNCED,
          ReceiptStatus.BOUNCED,
          FAILED,
          ReceiptStatus.FAILED,
          SUPPRESSED,
          ReceiptStatus.REJECTED,
          "email.opened",
          ReceiptStatus.OPENED,
          "email.clicked",
          ReceiptStatus.CLICKED,
          "email.complained",
          ReceiptStatus.COMPLAINED);

  static final Set<ReceiptStatus> STATUSES =
      EVENTS.values().stream().collect(Collectors.toUnmodifiableSet());

  private ResendEvent() {}

  static Receipt receipt(String eventId, JsonObject event, Instant receivedAt) {
    String type = Objects.requireNonNullElse(JsonBody.text(event, "type"), "");
    JsonObject data = JsonBody.object(event, "data");
    return new Receipt(
        eventId,
        Correlation.attemptId(JsonBody.text(JsonBody.object(data, "tags"), Correlation.NAME)),
        JsonBody.text(data, "email_id"),
        status(type),
        reason(type, data),
        type,
        code(type, data),
        text(type, data),
        JsonBody.text(JsonBody.array(data, "to"), 0),
        occurredAt(JsonBody.text(event, "created_at"), receivedAt));
  }

  /** The status of an event's type. */
  static ReceiptStatus status(String type) {
    return EVENTS.getOrDefault(type, ReceiptStatus.UNKNOWN);
  }

  /** The class of reason of an event of that type, as far as its data says it. */
  static ReasonClass reason(String type, JsonObject data) {
    return switch (type) {
      case BOUNCED -> bounceReason(JsonBody.object(data, "bounce"));
      case FAILED -> failedReason(JsonBody.text(JsonBody.object(data, "failed"), "reason"));
      case SUPPRESSED -> suppressedReason(JsonBody.object(data, "suppressed"));
      case "email.delivery_delayed" -> ReasonClass.SOFT_BOUNCE;
      case "email.complained" -> ReasonClass.COMPLAINT;
      default -> ReasonClass.NONE;
    };
  }

  private static ReasonClass bounceReason(JsonObject bounce) {
    String subType = Objects.requireNonNullElse(JsonBody.text(bounce, "subType"), "");
    return switch (subType) {
      case "Suppressed", "OnAccountSuppressionList" -> ReasonClass.SUPPRESSED;
      case "MessageTooLarge", "AttachmentRejected" -> ReasonClass.INVALID_CONTENT;
      case "ContentRejected" -> ReasonClass.BLOCKED;
      default ->
          "Permanent".equals(JsonBody.text(bounce, "type"))
              ? ReasonClass.HARD_BOUNCE
              : ReasonClass.SOFT_BOUNCE;
    };
  }

  /** Of the documented reasons, all but a bad recipient lie with the account. */
  private static ReasonClass failedReason(@Nullable String reason) {
    return reason != null && reason.contains("recipient")
        ? ReasonClass.INVALID_RECIPIENT
        : ReasonClass.CONFIGURATION;
  }

  private static ReasonClass suppressedReason(JsonObject suppressed) {
    return "previous_complaint".equals(JsonBody.text(suppressed, "reason"))
        ? ReasonClass.COMPLAINT
        : ReasonClass.SUPPRESSED;
  }

  private static @Nullable String code(String type, JsonObject data) {
    return switch (type) {
      case BOUNCED -> JsonBody.text(JsonBody.object(data, "bounce"), "subType");
      case SUPPRESSED -> JsonBody.text(JsonBody.object(data, "suppressed"), "type");
      default -> null;
    };
  }

  private static @Nullable String text(String type, JsonObject data) {
    return switch (type) {
      case BOUNCED -> JsonBody.text(JsonBody.object(data, "bounce"), "message");
      case SUPPRESSED -> JsonBody.text(JsonBody.object(data, "suppressed"), "message");
      case FAILED -> JsonBody.text(JsonBody.object(data, "failed"), "reason");
      default -> null;
    };
  }

  private static Instant occurredAt(@Nullable String createdAt, Instant receivedAt) {
    if (createdAt == null) {
      return receivedAt;
    }
    try {
      return Instant.parse(createdAt);
    } catch (DateTimeParseException e) {
      return receivedAt;
    }
  }
}
