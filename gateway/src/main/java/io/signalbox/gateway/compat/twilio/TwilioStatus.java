package io.signalbox.gateway.compat.twilio;

import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.Timeline.ReceiptEntry;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.ReceiptStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a message stands, in Twilio's words.
 *
 * @param status such as {@code delivered}
 * @param errorCode why it did not arrive, as near as Twilio's codes come to the gateway's reasons;
 *     null if it did, or may yet
 */
record TwilioStatus(String status, @Nullable Integer errorCode) {
  private static final int UNKNOWN_ERROR = 30_008;
  private static final int VALIDITY_EXPIRED = 30_036;
  private static final int BLOCKED = 30_004;
  private static final Set<ReceiptStatus> NOT_ARRIVED =
      Set.of(ReceiptStatus.BOUNCED, ReceiptStatus.FAILED, ReceiptStatus.REJECTED);

  /** By {@link io.signalbox.spi.ReasonClass#wireName()}. */
  private static final Map<String, Integer> CODES =
      Map.of(
          "hard_bounce",
          30_005,
          "soft_bounce",
          30_003,
          "blocked",
          30_007,
          "spam",
          30_007,
          "invalid_recipient",
          21_211,
          "invalid_content",
          UNKNOWN_ERROR,
          "unsubscribed",
          BLOCKED,
          "complaint",
          BLOCKED,
          "suppressed",
          BLOCKED,
          "expired",
          VALIDITY_EXPIRED);

  /** Of all that is known of a notification. */
  static TwilioStatus of(Timeline found) {
    List<ReceiptEntry> against =
        found.receipts().stream().filter(each -> NOT_ARRIVED.contains(each.status())).toList();
    return switch (found.state()) {
      case SCHEDULED -> new TwilioStatus("scheduled", null);
      case QUEUED -> new TwilioStatus("queued", null);
      case PROCESSING, HELD -> new TwilioStatus("sending", null);
      case SENT -> new TwilioStatus("sent", null);
      case DELIVERED -> new TwilioStatus(wasRead(found) ? "read" : "delivered", null);
      case EXPIRED -> new TwilioStatus("failed", VALIDITY_EXPIRED);
      case CANCELLED -> new TwilioStatus("canceled", null);
      case DEAD_LETTER -> new TwilioStatus("failed", UNKNOWN_ERROR);
      case FAILED ->
          against.isEmpty()
              ? new TwilioStatus("failed", code(found.reason()))
              : new TwilioStatus("undelivered", code(against.get(against.size() - 1).reason()));
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

  private static int code(@Nullable String reason) {
    return reason == null ? UNKNOWN_ERROR : CODES.getOrDefault(reason, UNKNOWN_ERROR);
  }

  private static boolean wasRead(Timeline found) {
    return found.receipts().stream().anyMatch(each -> each.status() == ReceiptStatus.READ);
  }
}
