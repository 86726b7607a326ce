package io.signalbox.provider.vonage;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.spi.WebhookResult.Refused;
import io.signalbox.spi.WebhookResult.Verified;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the status webhooks of the Messages API. */
final class MessageStatuses {
  private MessageStatuses() {}

  static WebhookResult read(JsonObject json, Instant receivedAt) {
    String id = JsonBody.text(json, "message_uuid");
    String status = JsonBody.text(json, "status");
    if (status == null) {
      // Authentic, but about none of our messages: for example an inbound message.
      return new Verified(List.of());
    }
    if (id == null) {
      return new Refused(Refusal.MALFORMED, "a status without message_uuid");
    }
    JsonObject error = JsonBody.object(json, "error");
    String code = MessageErrorCode.of(error);
    String time = JsonBody.text(json, "timestamp");
    Meaning meaning = meaning(status, code);
    return new Verified(
        List.of(
            new Receipt(
                id + ":" + status + ":" + (time == null ? "" : time),
                Correlation.attemptId(JsonBody.text(json, "client_ref")),
                id,
                meaning.status(),
                meaning.reason(),
                status,
                code,
                JsonBody.text(error, "detail"),
                JsonBody.text(json, "to"),
                occurredAt(time, receivedAt))));
  }

  /** What a status means, with the code of its error if it has one. */
  static Meaning meaning(String status, @Nullable String code) {
    ReasonClass reason = code == null ? ReasonClass.NONE : reason(code);
    return switch (status) {
      case "submitted" -> new Meaning(ReceiptStatus.SENT, ReasonClass.NONE);
      case "delivered" -> new Meaning(ReceiptStatus.DELIVERED, ReasonClass.NONE);
      case "read" -> new Meaning(ReceiptStatus.READ, ReasonClass.NONE);
      case "rejected" -> refused(reason, ReceiptStatus.REJECTED);
      case "undeliverable" -> refused(reason, ReceiptStatus.FAILED);
      default -> new Meaning(ReceiptStatus.UNKNOWN, ReasonClass.NONE);
    };
  }

  private static Meaning refused(ReasonClass reason, ReceiptStatus otherwise) {
    ReceiptStatus status =
        switch (reason) {
          case HARD_BOUNCE, SOFT_BOUNCE -> ReceiptStatus.BOUNCED;
          case BLOCKED, SPAM, UNSUBSCRIBED -> ReceiptStatus.REJECTED;
          case EXPIRED -> ReceiptStatus.EXPIRED;
          default -> otherwise;
        };
    return new Meaning(status, reason);
  }

  private static ReasonClass reason(String code) {
    return switch (code) {
      case "1170", "1190", "1200", "1250", "1260", "1310" -> ReasonClass.HARD_BOUNCE;
      case "1180", "1220", "1230", "1290" -> ReasonClass.SOFT_BOUNCE;
      case "1050", "1270", "1280", "1340" -> ReasonClass.BLOCKED;
      case "1210" -> ReasonClass.SPAM;
      case "1240" -> ReasonClass.UNSUBSCRIBED;
      case "1360" -> ReasonClass.EXPIRED;
      default -> ReasonClass.NONE;
    };
  }

  private static Instant occurredAt(@Nullable String time, Instant receivedAt) {
    if (time == null) {
      return receivedAt;
    }
    try {
      return Instant.parse(time);
    } catch (DateTimeException e) {
      return receivedAt;
    }
  }
}
