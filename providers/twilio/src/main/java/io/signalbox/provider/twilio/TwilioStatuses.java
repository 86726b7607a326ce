package io.signalbox.provider.twilio;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Twilio's message statuses and delivery error codes in our words. */
final class TwilioStatuses {
  private static final Map<String, ReceiptStatus> STATUSES =
      Map.ofEntries(
          Map.entry("accepted", ReceiptStatus.ACCEPTED),
          Map.entry("scheduled", ReceiptStatus.ACCEPTED),
          Map.entry("queued", ReceiptStatus.QUEUED),
          Map.entry("sending", ReceiptStatus.QUEUED),
          Map.entry("sent", ReceiptStatus.SENT),
          Map.entry("partially_delivered", ReceiptStatus.SENT),
          Map.entry("delivered", ReceiptStatus.DELIVERED),
          Map.entry("read", ReceiptStatus.READ),
          Map.entry("undelivered", ReceiptStatus.BOUNCED),
          Map.entry("failed", ReceiptStatus.FAILED),
          Map.entry("canceled", ReceiptStatus.FAILED));

  private static final Map<String, ReasonClass> REASONS =
      Map.ofEntries(
          Map.entry("30002", ReasonClass.CONFIGURATION),
          Map.entry("30003", ReasonClass.SOFT_BOUNCE),
          Map.entry("30004", ReasonClass.BLOCKED),
          Map.entry("30005", ReasonClass.HARD_BOUNCE),
          Map.entry("30006", ReasonClass.HARD_BOUNCE),
          Map.entry("30007", ReasonClass.BLOCKED),
          Map.entry("30008", ReasonClass.SOFT_BOUNCE),
          Map.entry("30009", ReasonClass.SOFT_BOUNCE),
          Map.entry("30010", ReasonClass.CONFIGURATION),
          Map.entry("30034", ReasonClass.CONFIGURATION),
          Map.entry("63016", ReasonClass.BLOCKED),
          Map.entry("63024", ReasonClass.HARD_BOUNCE));

  private TwilioStatuses() {}

  /**
   * The same for a status of a message whoever tells it, so that it counts once. The idempotency
   * token of a repeated webhook is not signed, so it must not tell events apart.
   */
  static String eventId(String sid, String status) {
    return sid + ":" + status;
  }

  /** A status in our words. */
  record Meaning(ReceiptStatus status, ReasonClass reason) {}

  static Meaning meaning(String providerStatus, @Nullable String errorCode) {
    ReceiptStatus status = STATUSES.getOrDefault(providerStatus, ReceiptStatus.UNKNOWN);
    if (!status.meansNotDelivered()) {
      return new Meaning(status, ReasonClass.NONE);
    }
    ReasonClass otherwise =
        status == ReceiptStatus.BOUNCED ? ReasonClass.SOFT_BOUNCE : ReasonClass.NONE;
    ReasonClass reason = errorCode == null ? otherwise : REASONS.getOrDefault(errorCode, otherwise);
    return new Meaning(reason == ReasonClass.BLOCKED ? ReceiptStatus.REJECTED : status, reason);
  }
}
