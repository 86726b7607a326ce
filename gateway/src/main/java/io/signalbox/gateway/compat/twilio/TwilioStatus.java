package io.signalbox.gateway.compat.twilio;

import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a message stands, in Twilio's words.
 *
 * @param status such as {@code delivered}
 * @param errorCode why it did not arrive, as near as Twilio's codes come to the gateway's reasons;
 *     null if it did, or may yet
 */
record TwilioStatus(String status, @Nullable Integer errorCode) {
  private static final Set<ReceiptStatus> NOT_ARRIVED =
      Set.of(ReceiptStatus.BOUNCED, ReceiptStatus.FAILED, ReceiptStatus.REJECTED);

  /** Of all that is known of a notification. */
  static TwilioStatus of(Timeline found) {
    return switch (found.state()) {
      case SCHEDULED -> new TwilioStatus("scheduled", null);
      case QUEUED -> new TwilioStatus("queued", null);
      case PROCESSING, HELD -> new TwilioStatus("sending", null);
      case SENT -> new TwilioStatus("sent", null);
      case DELIVERED -> new TwilioStatus(wasRead(found) ? "read" : "delivered", null);
      case EXPIRED -> of(TwilioEnd.expired());
      case CANCELLED -> new TwilioStatus("canceled", null);
      case DEAD_LETTER -> of(TwilioEnd.failed(false, ReasonClass.NONE));
      case FAILED -> of(failed(found));
    };
  }

  /** Of what was just taken. */
  static TwilioStatus of(boolean scheduled, boolean byService) {
    return new TwilioStatus(scheduled ? "scheduled" : byService ? "accepted" : "queued", null);
  }

  /** Whether the message was sent at all. */
  static boolean wasSent(Timeline found) {
    return found.state() == NotificationState.SENT
        || found.state() == NotificationState.DELIVERED
        || !found.receipts().isEmpty();
  }

  private static TwilioStatus of(TwilioEnd end) {
    return new TwilioStatus(end.status(), end.errorCode());
  }

  /**
   * A receipt that ends a notification leaves its reason with it, or none; steps of the gateway
   * have words of their own, also where an earlier attempt has a receipt.
   */
  private static TwilioEnd failed(Timeline found) {
    String why = found.reason();
    Optional<ReasonClass> told =
        Stream.of(ReasonClass.values()).filter(each -> each.wireName().equals(why)).findFirst();
    boolean against =
        found.receipts().stream().anyMatch(each -> NOT_ARRIVED.contains(each.status()));
    if (against && (why == null || told.isPresent())) {
      return TwilioEnd.failed(true, told.orElse(ReasonClass.NONE));
    }
    return TwilioEnd.failed(
        false, SuppressionReason.isFailure(why) ? ReasonClass.SUPPRESSED : ReasonClass.NONE);
  }

  private static boolean wasRead(Timeline found) {
    return found.receipts().stream().anyMatch(each -> each.status() == ReceiptStatus.READ);
  }
}
