package io.signalbox.provider.mailgun;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/** What an event means in our words. */
record EventMeaning(ReceiptStatus status, ReasonClass reason) {
  static final String FAILED = "failed";
  static final String PERMANENT = "permanent";
  static final String TEMPORARY = "temporary";

  private static final EventMeaning UNKNOWN = good(ReceiptStatus.UNKNOWN);
  private static final EventMeaning HARD_BOUNCE =
      new EventMeaning(ReceiptStatus.BOUNCED, ReasonClass.HARD_BOUNCE);
  private static final EventMeaning SOFT_BOUNCE =
      new EventMeaning(ReceiptStatus.BOUNCED, ReasonClass.SOFT_BOUNCE);

  private static final Map<String, EventMeaning> EVENTS =
      Map.of(
          "accepted", good(ReceiptStatus.QUEUED),
          "delivered", good(ReceiptStatus.DELIVERED),
          "opened", good(ReceiptStatus.OPENED),
          "clicked", good(ReceiptStatus.CLICKED),
          "rejected", good(ReceiptStatus.REJECTED),
          "complained", new EventMeaning(ReceiptStatus.COMPLAINED, ReasonClass.COMPLAINT),
          "unsubscribed", new EventMeaning(ReceiptStatus.UNSUBSCRIBED, ReasonClass.UNSUBSCRIBED));

  private static final Map<String, EventMeaning> PERMANENT_REASONS =
      Map.of(
          "suppress-bounce", rejected(ReasonClass.SUPPRESSED),
          "suppress-complaint", rejected(ReasonClass.COMPLAINT),
          "suppress-unsubscribe", rejected(ReasonClass.UNSUBSCRIBED),
          "espblock", rejected(ReasonClass.BLOCKED),
          "blacklisted", rejected(ReasonClass.BLOCKED),
          "old", new EventMeaning(ReceiptStatus.EXPIRED, ReasonClass.EXPIRED));

  static EventMeaning of(String type, JsonObject event) {
    if (!type.equals(FAILED)) {
      return EVENTS.getOrDefault(type, UNKNOWN);
    }
    String severity = Objects.requireNonNullElse(JsonBody.text(event, "severity"), "");
    return switch (severity) {
      case TEMPORARY -> new EventMeaning(ReceiptStatus.DEFERRED, ReasonClass.SOFT_BOUNCE);
      case PERMANENT -> permanent(event);
      default -> UNKNOWN;
    };
  }

  private static EventMeaning permanent(JsonObject event) {
    String reason = Objects.requireNonNullElse(JsonBody.text(event, "reason"), "");
    EventMeaning known = PERMANENT_REASONS.get(reason);
    if (known != null) {
      return known;
    }
    // A hard bounce may bar an address for good, so it takes more than a missing field.
    JsonObject status = JsonBody.object(event, "delivery-status");
    String kind = JsonBody.text(status, "bounce-type");
    if (kind != null && !kind.isBlank()) {
      return kind.equals("hard") ? HARD_BOUNCE : SOFT_BOUNCE;
    }
    return refusedForGood(status) && !reason.equals("greylisted") ? HARD_BOUNCE : SOFT_BOUNCE;
  }

  /** An SMTP code of the class 5; Mailgun's own codes begin at 600. */
  private static boolean refusedForGood(JsonObject status) {
    OptionalLong code = JsonBody.integer(status, "code");
    return code.isPresent() && code.getAsLong() >= 500 && code.getAsLong() < 600;
  }

  private static EventMeaning good(ReceiptStatus status) {
    return new EventMeaning(status, ReasonClass.NONE);
  }

  private static EventMeaning rejected(ReasonClass reason) {
    return new EventMeaning(ReceiptStatus.REJECTED, reason);
  }
}
