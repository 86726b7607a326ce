package io.signalbox.provider.sendgrid;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.TimestampTolerance;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One event of the Event Webhook, normalised. */
final class SendGridEvent {
  private record Meaning(ReceiptStatus status, ReasonClass reason) {}

  private static final Meaning NO_MEANING = new Meaning(ReceiptStatus.UNKNOWN, ReasonClass.NONE);
  private static final Meaning HARD_BOUNCE =
      new Meaning(ReceiptStatus.BOUNCED, ReasonClass.HARD_BOUNCE);
  private static final Meaning SOFT_BOUNCE =
      new Meaning(ReceiptStatus.BOUNCED, ReasonClass.SOFT_BOUNCE);
  private static final Meaning EXPIRED = new Meaning(ReceiptStatus.EXPIRED, ReasonClass.EXPIRED);

  private static final Map<String, Meaning> EVENTS =
      Map.of(
          "processed", new Meaning(ReceiptStatus.QUEUED, ReasonClass.NONE),
          "deferred", new Meaning(ReceiptStatus.DEFERRED, ReasonClass.SOFT_BOUNCE),
          "delivered", new Meaning(ReceiptStatus.DELIVERED, ReasonClass.NONE),
          "open", new Meaning(ReceiptStatus.OPENED, ReasonClass.NONE),
          "click", new Meaning(ReceiptStatus.CLICKED, ReasonClass.NONE),
          "spamreport", new Meaning(ReceiptStatus.COMPLAINED, ReasonClass.COMPLAINT),
          "unsubscribe", new Meaning(ReceiptStatus.UNSUBSCRIBED, ReasonClass.UNSUBSCRIBED),
          "group_unsubscribe", new Meaning(ReceiptStatus.UNSUBSCRIBED, ReasonClass.UNSUBSCRIBED));

  private static final Map<String, ReasonClass> DROP_REASONS =
      Map.of(
          "Invalid SMTPAPI header", ReasonClass.CONFIGURATION,
          "Unsubscribed Address", ReasonClass.UNSUBSCRIBED,
          "Bounced Address", ReasonClass.SUPPRESSED,
          "Spam Reporting Address", ReasonClass.COMPLAINT,
          "Invalid", ReasonClass.INVALID_RECIPIENT,
          "Recipient List over Package Quota", ReasonClass.CONFIGURATION);

  private SendGridEvent() {}

  static Receipt receipt(JsonObject event, Instant receivedAt) {
    String type = Objects.requireNonNullElse(JsonBody.text(event, "event"), "");
    String messageId = messageId(event);
    String time = JsonBody.text(event, "timestamp");
    Meaning meaning = meaning(type, event);
    return new Receipt(
        eventId(event, messageId, type, time),
        Correlation.attemptId(JsonBody.text(event, Correlation.NAME)),
        messageId,
        meaning.status(),
        meaning.reason(),
        type,
        JsonBody.text(event, "status"),
        text(event),
        JsonBody.text(event, "email"),
        TimestampTolerance.parseUnixSeconds(time).orElse(receivedAt));
  }

  private static Meaning meaning(String type, JsonObject event) {
    if (type.equals("bounce")) {
      return bounce(JsonBody.text(event, "type"));
    }
    if (type.equals("dropped")) {
      return new Meaning(ReceiptStatus.REJECTED, dropReason(JsonBody.text(event, "reason")));
    }
    return EVENTS.getOrDefault(type, NO_MEANING);
  }

  /** An undocumented type counts as soft: only a certain bounce may bar an address for good. */
  private static Meaning bounce(@Nullable String type) {
    if (type == null) {
      return SOFT_BOUNCE;
    }
    return switch (type) {
      case "bounce" -> HARD_BOUNCE;
      case "expired" -> EXPIRED;
      default -> SOFT_BOUNCE;
    };
  }

  private static ReasonClass dropReason(@Nullable String reason) {
    if (reason == null) {
      return ReasonClass.NONE;
    }
    return reason.startsWith("Spam Content")
        ? ReasonClass.SPAM
        : DROP_REASONS.getOrDefault(reason, ReasonClass.NONE);
  }

  /**
   * The part before the first dot of {@code sg_message_id} is the id that the send was answered
   * with; a late bounce may have it in {@code smtp-id} only.
   */
  private static @Nullable String messageId(JsonObject event) {
    String id = JsonBody.text(event, "sg_message_id");
    if (id != null && !id.isEmpty()) {
      int dot = id.indexOf('.');
      return dot < 0 ? id : id.substring(0, dot);
    }
    String smtpId = JsonBody.text(event, "smtp-id");
    if (smtpId == null) {
      return null;
    }
    int at = smtpId.indexOf('@');
    boolean ours = smtpId.startsWith("<") && at > 1;
    return ours ? smtpId.substring(1, at) : null;
  }

  private static String eventId(
      JsonObject event, @Nullable String messageId, String type, @Nullable String time) {
    String id = JsonBody.text(event, "sg_event_id");
    return id == null || id.isEmpty() ? messageId + "/" + type + "/" + time : id;
  }

  private static @Nullable String text(JsonObject event) {
    if ("true".equals(JsonBody.text(event, "sg_machine_open"))) {
      return "opened by a machine";
    }
    String reason = JsonBody.text(event, "reason");
    return reason == null ? JsonBody.text(event, "response") : reason;
  }
}
