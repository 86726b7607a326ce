package io.signalbox.provider.postmark;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;

/** What a webhook means in our words. */
record EventMeaning(ReceiptStatus status, ReasonClass reason) {
  static final String BOUNCE = "Bounce";
  static final String SUBSCRIPTION_CHANGE = "SubscriptionChange";

  private static final EventMeaning UNKNOWN =
      new EventMeaning(ReceiptStatus.UNKNOWN, ReasonClass.NONE);
  private static final EventMeaning DELIVERED =
      new EventMeaning(ReceiptStatus.DELIVERED, ReasonClass.NONE);
  private static final EventMeaning HARD_BOUNCE =
      new EventMeaning(ReceiptStatus.BOUNCED, ReasonClass.HARD_BOUNCE);
  private static final EventMeaning SOFT_BOUNCE =
      new EventMeaning(ReceiptStatus.BOUNCED, ReasonClass.SOFT_BOUNCE);
  private static final EventMeaning DEFERRED =
      new EventMeaning(ReceiptStatus.DEFERRED, ReasonClass.SOFT_BOUNCE);
  private static final EventMeaning COMPLAINED =
      new EventMeaning(ReceiptStatus.COMPLAINED, ReasonClass.COMPLAINT);
  private static final EventMeaning UNSUBSCRIBED =
      new EventMeaning(ReceiptStatus.UNSUBSCRIBED, ReasonClass.UNSUBSCRIBED);
  private static final EventMeaning OPENED =
      new EventMeaning(ReceiptStatus.OPENED, ReasonClass.NONE);
  private static final EventMeaning CLICKED =
      new EventMeaning(ReceiptStatus.CLICKED, ReasonClass.NONE);

  private static final Map<String, EventMeaning> RECORDS =
      Map.of(
          "Delivery", DELIVERED,
          "SpamComplaint", COMPLAINED,
          "Open", OPENED,
          "Click", CLICKED);

  private static final Map<String, EventMeaning> BOUNCES =
      Map.ofEntries(
          Map.entry("HardBounce", HARD_BOUNCE),
          Map.entry("SoftBounce", SOFT_BOUNCE),
          Map.entry("VirusNotification", SOFT_BOUNCE),
          Map.entry("Unknown", SOFT_BOUNCE),
          Map.entry("Transient", DEFERRED),
          Map.entry("DnsError", DEFERRED),
          Map.entry("OpenRelayTest", DEFERRED),
          Map.entry("BadEmailAddress", rejected(ReasonClass.INVALID_RECIPIENT)),
          Map.entry("ManuallyDeactivated", rejected(ReasonClass.SUPPRESSED)),
          Map.entry("Unconfirmed", rejected(ReasonClass.NONE)),
          Map.entry("Blocked", rejected(ReasonClass.BLOCKED)),
          Map.entry("DMARCPolicy", rejected(ReasonClass.CONFIGURATION)),
          Map.entry("SMTPApiError", new EventMeaning(ReceiptStatus.FAILED, ReasonClass.NONE)),
          Map.entry(
              "TemplateRenderingFailed",
              new EventMeaning(ReceiptStatus.FAILED, ReasonClass.INVALID_CONTENT)),
          Map.entry("SpamNotification", COMPLAINED),
          Map.entry("SpamComplaint", COMPLAINED),
          Map.entry("Unsubscribe", UNSUBSCRIBED));

  /** Types of the events that a message's details list. */
  private static final Map<String, EventMeaning> MESSAGE_EVENTS =
      Map.of(
          "Delivered", DELIVERED,
          "Transient", DEFERRED,
          "Opened", OPENED,
          "LinkClicked", CLICKED,
          "Bounced", new EventMeaning(ReceiptStatus.BOUNCED, ReasonClass.NONE));

  static EventMeaning of(String recordType, JsonObject event) {
    return switch (recordType) {
      case BOUNCE -> BOUNCES.getOrDefault(text(event, "Type"), UNKNOWN);
      case SUBSCRIPTION_CHANGE -> subscription(event);
      default -> RECORDS.getOrDefault(recordType, UNKNOWN);
    };
  }

  static EventMeaning ofMessageEvent(String type) {
    return MESSAGE_EVENTS.getOrDefault(type, UNKNOWN);
  }

  /** Bounces and complaints come as events of their own; here they only say what they led to. */
  private static EventMeaning subscription(JsonObject event) {
    if (!text(event, "SuppressSending").equals("true")) {
      return UNKNOWN;
    }
    return text(event, "SuppressionReason").equals("ManualSuppression")
        ? UNSUBSCRIBED
        : new EventMeaning(ReceiptStatus.UNKNOWN, ReasonClass.SUPPRESSED);
  }

  private static String text(JsonObject event, String field) {
    return Objects.requireNonNullElse(JsonBody.text(event, field), "");
  }

  private static EventMeaning rejected(ReasonClass reason) {
    return new EventMeaning(ReceiptStatus.REJECTED, reason);
  }
}
