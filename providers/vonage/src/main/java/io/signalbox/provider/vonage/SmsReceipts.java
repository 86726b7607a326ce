package io.signalbox.provider.vonage;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.spi.WebhookResult.Refused;
import io.signalbox.spi.WebhookResult.Verified;
import io.signalbox.toolkit.Correlation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the delivery receipts of the SMS API. */
final class SmsReceipts {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** The statuses that need no look at the error code. */
  private static final Map<String, Meaning> STATUSES =
      Map.of(
          "accepted", new Meaning(ReceiptStatus.SENT, ReasonClass.NONE),
          // No delivery receipt has it; the Reports API does.
          "submitted", new Meaning(ReceiptStatus.SENT, ReasonClass.NONE),
          "buffered", new Meaning(ReceiptStatus.DEFERRED, ReasonClass.NONE),
          "delivered", new Meaning(ReceiptStatus.DELIVERED, ReasonClass.NONE),
          "expired", new Meaning(ReceiptStatus.EXPIRED, ReasonClass.EXPIRED));

  private SmsReceipts() {}

  static WebhookResult read(SigParameters parameters, Instant receivedAt) {
    String id = parameters.find("messageId");
    String status = parameters.find("status");
    if (status == null) {
      // Authentic, but no delivery receipt: for example an inbound message.
      return new Verified(List.of());
    }
    if (id == null) {
      return new Refused(Refusal.MALFORMED, "a status without messageId");
    }
    String code = parameters.find("err-code");
    String time = parameters.find("message-timestamp");
    Meaning meaning = meaning(status, code);
    return new Verified(
        List.of(
            new Receipt(
                id + ":" + status + ":" + (time == null ? "" : time),
                Correlation.attemptId(parameters.find("client-ref")),
                id,
                meaning.status(),
                meaning.reason(),
                status,
                code,
                null,
                parameters.find("msisdn"),
                occurredAt(time, receivedAt))));
  }

  static Meaning meaning(String status, @Nullable String code) {
    Meaning plain = STATUSES.get(status);
    if (plain != null) {
      return plain;
    }
    ReasonClass reason = code == null ? ReasonClass.NONE : reason(code);
    return switch (status) {
      case "failed" -> new Meaning(statusOf(reason), reason);
      case "rejected" ->
          new Meaning(
              ReceiptStatus.REJECTED, reason == ReasonClass.NONE ? ReasonClass.BLOCKED : reason);
      default -> new Meaning(ReceiptStatus.UNKNOWN, ReasonClass.NONE);
    };
  }

  private static ReceiptStatus statusOf(ReasonClass reason) {
    return switch (reason) {
      case HARD_BOUNCE, SOFT_BOUNCE -> ReceiptStatus.BOUNCED;
      case BLOCKED, SPAM, UNSUBSCRIBED -> ReceiptStatus.REJECTED;
      default -> ReceiptStatus.FAILED;
    };
  }

  private static ReasonClass reason(String code) {
    return switch (code) {
      case "3", "5", "11", "12" -> ReasonClass.HARD_BOUNCE;
      case "2", "7", "8", "15" -> ReasonClass.SOFT_BOUNCE;
      case "4", "13", "14", "50", "51", "52", "53", "54" -> ReasonClass.BLOCKED;
      case "6" -> ReasonClass.SPAM;
      case "9" -> ReasonClass.UNSUBSCRIBED; // "Illegal number": the user asked for no more.
      case "10" -> ReasonClass.INVALID_CONTENT;
      default -> ReasonClass.NONE;
    };
  }

  private static Instant occurredAt(@Nullable String time, Instant receivedAt) {
    if (time == null) {
      return receivedAt;
    }
    try {
      return LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return receivedAt;
    }
  }
}
