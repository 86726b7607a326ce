package io.signalbox.provider.ses;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event of SES, normalised: one receipt for each recipient that it is about. */
final class SesEvent {
  /** What SES can report. */
  static final Set<ReceiptStatus> STATUSES =
      Set.of(
          ReceiptStatus.SENT,
          ReceiptStatus.DEFERRED,
          ReceiptStatus.DELIVERED,
          ReceiptStatus.BOUNCED,
          ReceiptStatus.REJECTED,
          ReceiptStatus.FAILED,
          ReceiptStatus.OPENED,
          ReceiptStatus.CLICKED,
          ReceiptStatus.COMPLAINED,
          ReceiptStatus.UNSUBSCRIBED,
          ReceiptStatus.UNKNOWN);

  /** A mail has at most 50 recipients. */
  private static final int MAX_RECIPIENTS = 50;

  /** Of what is no event: enough to see what it is. */
  private static final int MAX_TEXT = 500;

  private final JsonObject event;
  private final JsonObject mail;
  private final String kindName;
  private final SesEventKind kind;

  private SesEvent(JsonObject event) {
    this.event = event;
    this.mail = JsonBody.object(event, "mail");
    this.kindName = SesEventKind.nameIn(event);
    this.kind = SesEventKind.of(kindName);
  }

  /**
   * The receipts of a verified envelope. What SNS says about the subscription itself, and any
   * message that is no event of SES, such as the text that tests a new topic, is kept as unknown.
   *
   * @param signedAt the time for events that have none of their own
   */
  static List<Receipt> receipts(SnsEnvelope envelope, Instant signedAt) {
    String eventId = envelope.required("MessageId");
    String message = envelope.required("Message");
    Optional<JsonObject> event =
        envelope.type() == SnsEnvelope.Type.NOTIFICATION
            ? JsonBody.object(Buffer.buffer(message))
            : Optional.empty();
    return event
        .map(found -> new SesEvent(found).receipts(eventId, signedAt))
        .orElseGet(() -> List.of(unknown(eventId, envelope.type().wireName(), message, signedAt)));
  }

  /** A time as AWS writes it; empty if it is none. */
  static Optional<Instant> instant(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private List<Receipt> receipts(String eventId, Instant signedAt) {
    JsonArray affected = kind.recipients(event);
    int count = Math.min(affected.size(), MAX_RECIPIENTS);
    if (count < 2) {
      return List.of(receipt(eventId, affected, 0, signedAt));
    }
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      receipts.add(receipt(eventId + "/" + i, affected, i, signedAt));
    }
    return receipts;
  }

  private Receipt receipt(String eventId, JsonArray affected, int index, Instant signedAt) {
    JsonObject detail = kind.detail(event);
    JsonObject recipient = JsonBody.object(affected, index);
    String address = JsonBody.text(recipient, "emailAddress");
    SesEventKind.Meaning meaning = kind.meaning(detail);
    return new Receipt(
        eventId,
        Correlation.attemptId(
            JsonBody.text(JsonBody.array(JsonBody.object(mail, "tags"), Correlation.NAME), 0)),
        JsonBody.text(mail, "messageId"),
        meaning.status(),
        meaning.reason(),
        kindName,
        kind.code(detail),
        kind.text(detail, recipient),
        address == null ? JsonBody.text(affected, index) : address,
        instant(JsonBody.text(detail, "timestamp"))
            .or(() -> instant(JsonBody.text(mail, "timestamp")))
            .orElse(signedAt));
  }

  private static Receipt unknown(String eventId, String type, String message, Instant signedAt) {
    return new Receipt(
        eventId,
        null,
        null,
        ReceiptStatus.UNKNOWN,
        ReasonClass.NONE,
        type,
        null,
        message.length() > MAX_TEXT ? message.substring(0, MAX_TEXT) : message,
        null,
        signedAt);
  }
}
