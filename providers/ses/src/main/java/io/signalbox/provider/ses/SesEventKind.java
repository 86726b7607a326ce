package io.signalbox.provider.ses;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The documented kinds of events, and where each keeps its details. */
enum SesEventKind {
  SEND("Send", "send", Affected.MAIL),
  REJECT("Reject", "reject", Affected.MAIL),
  RENDERING_FAILURE("Rendering Failure", "failure", Affected.MAIL),
  DELIVERY("Delivery", "delivery", "recipients"),
  DELIVERY_DELAY("DeliveryDelay", "deliveryDelay", "delayedRecipients"),
  BOUNCE("Bounce", "bounce", "bouncedRecipients"),
  COMPLAINT("Complaint", "complaint", "complainedRecipients"),
  OPEN("Open", "open", Affected.SOMEBODY),
  CLICK("Click", "click", Affected.SOMEBODY),
  SUBSCRIPTION("Subscription", "subscription", Affected.SOMEBODY),
  UNKNOWN("", "", Affected.SOMEBODY);

  /**
   * What an event says.
   *
   * @param status the normalised status
   * @param reason the class of reason
   */
  record Meaning(ReceiptStatus status, ReasonClass reason) {
    private static Meaning of(ReceiptStatus status) {
      return new Meaning(status, ReasonClass.NONE);
    }
  }

  /** About whom an event is that does not list them itself. */
  private static final class Affected {
    /** All recipients of the mail. */
    static final String MAIL = "";

    /** One of the recipients of the mail, and nobody says which. */
    static final String SOMEBODY = "?";
  }

  private static final Map<String, SesEventKind> BY_WIRE_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(kind -> kind.wireName, Function.identity()));

  private final String wireName;
  private final String detailField;
  private final String recipientsField;

  SesEventKind(String wireName, String detailField, String recipientsField) {
    this.wireName = wireName;
    this.detailField = detailField;
    this.recipientsField = recipientsField;
  }

  /** The name of an event's kind; it depends on how publishing is set up, which field has it. */
  static String nameIn(JsonObject event) {
    String name = JsonBody.text(event, "eventType");
    return Objects.requireNonNullElse(
        name == null ? JsonBody.text(event, "notificationType") : name, "");
  }

  /** The kind of that name; {@link #UNKNOWN} if it is not documented. */
  static SesEventKind of(String name) {
    return BY_WIRE_NAME.getOrDefault(name, UNKNOWN);
  }

  /** The part of an event that belongs to its kind. */
  JsonObject detail(JsonObject event) {
    return JsonBody.object(event, detailField);
  }

  /** Whom the event is about: addresses, or objects that hold one; empty if that is not certain. */
  JsonArray recipients(JsonObject event) {
    JsonArray all = JsonBody.array(JsonBody.object(event, "mail"), "destination");
    return switch (recipientsField) {
      case Affected.MAIL -> all;
      case Affected.SOMEBODY -> all.size() == 1 ? all : new JsonArray();
      default -> JsonBody.array(detail(event), recipientsField);
    };
  }

  Meaning meaning(JsonObject detail) {
    return switch (this) {
      case SEND -> Meaning.of(ReceiptStatus.SENT);
      case DELIVERY -> Meaning.of(ReceiptStatus.DELIVERED);
      case OPEN -> Meaning.of(ReceiptStatus.OPENED);
      case CLICK -> Meaning.of(ReceiptStatus.CLICKED);
      case REJECT -> new Meaning(ReceiptStatus.REJECTED, ReasonClass.INVALID_CONTENT);
      case RENDERING_FAILURE -> new Meaning(ReceiptStatus.FAILED, ReasonClass.INVALID_CONTENT);
      case DELIVERY_DELAY -> new Meaning(ReceiptStatus.DEFERRED, ReasonClass.SOFT_BOUNCE);
      case BOUNCE -> bounce(detail);
      case COMPLAINT -> complaint(detail);
      case SUBSCRIPTION ->
          SubscriptionChange.isOptOut(detail)
              ? new Meaning(ReceiptStatus.UNSUBSCRIBED, ReasonClass.UNSUBSCRIBED)
              : Meaning.of(ReceiptStatus.UNKNOWN);
      case UNKNOWN -> Meaning.of(ReceiptStatus.UNKNOWN);
    };
  }

  /** SES's own code within the kind; null if it has none. */
  @Nullable String code(JsonObject detail) {
    return switch (this) {
      case BOUNCE ->
          JsonBody.text(detail, "bounceType") + "/" + JsonBody.text(detail, "bounceSubType");
      case COMPLAINT -> JsonBody.text(detail, "complaintFeedbackType");
      case DELIVERY_DELAY -> JsonBody.text(detail, "delayType");
      default -> null;
    };
  }

  /**
   * SES's or the receiving server's explanation; null if there is none.
   *
   * @param recipient what the event says of the recipient in question
   */
  @Nullable String text(JsonObject detail, JsonObject recipient) {
    return switch (this) {
      case DELIVERY -> JsonBody.text(detail, "smtpResponse");
      case BOUNCE, DELIVERY_DELAY -> JsonBody.text(recipient, "diagnosticCode");
      case REJECT -> JsonBody.text(detail, "reason");
      case RENDERING_FAILURE -> JsonBody.text(detail, "errorMessage");
      default -> null;
    };
  }

  private static Meaning bounce(JsonObject bounce) {
    String subType = Objects.requireNonNullElse(JsonBody.text(bounce, "bounceSubType"), "");
    return switch (subType) {
      // Never tried: the address is on a list of SES's or of the account's.
      case "Suppressed", "OnAccountSuppressionList" ->
          new Meaning(ReceiptStatus.REJECTED, ReasonClass.SUPPRESSED);
      case "MessageTooLarge", "AttachmentRejected" ->
          new Meaning(ReceiptStatus.BOUNCED, ReasonClass.INVALID_CONTENT);
      case "ContentRejected" -> new Meaning(ReceiptStatus.BOUNCED, ReasonClass.BLOCKED);
      default ->
          new Meaning(
              ReceiptStatus.BOUNCED,
              "Permanent".equals(JsonBody.text(bounce, "bounceType"))
                  ? ReasonClass.HARD_BOUNCE
                  : ReasonClass.SOFT_BOUNCE);
    };
  }

  private static Meaning complaint(JsonObject complaint) {
    if ("OnAccountSuppressionList".equals(JsonBody.text(complaint, "complaintSubType"))) {
      // Never tried: the address is on the account's list since it complained before.
      return new Meaning(ReceiptStatus.REJECTED, ReasonClass.COMPLAINT);
    }
    return "not-spam".equals(JsonBody.text(complaint, "complaintFeedbackType"))
        ? Meaning.of(ReceiptStatus.UNKNOWN)
        : new Meaning(ReceiptStatus.COMPLAINED, ReasonClass.COMPLAINT);
  }
}
