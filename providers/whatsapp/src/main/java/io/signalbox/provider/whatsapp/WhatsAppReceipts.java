package io.signalbox.provider.whatsapp;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.Sha256;
import io.signalbox.toolkit.signature.TimestampTolerance;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes receipts of the parts of a webhook. */
final class WhatsAppReceipts {
  private static final String STOP = "stop";

  private final boolean marketingStopUnsubscribes;

  private final WhatsAppStatuses statuses;

  WhatsAppReceipts(WhatsAppStatuses statuses, boolean marketingStopUnsubscribes) {
    this.statuses = statuses;
    this.marketingStopUnsubscribes = marketingStopUnsubscribes;
  }

  /** A status of one of our messages; two receipts if it also tells of an opt-out. */
  List<Receipt> ofStatus(JsonObject json, Instant receivedAt) {
    String id = JsonBody.text(json, "id");
    String status = JsonBody.text(json, "status");
    if (id == null || id.isEmpty() || status == null) {
      return List.of(ofUnknown("status", json, receivedAt));
    }
    JsonObject error = JsonBody.object(JsonBody.array(json, "errors"), 0);
    String code = JsonBody.text(error, "code");
    WhatsAppStatuses.Meaning meaning = statuses.meaning(status, code);
    Receipt receipt =
        new Receipt(
            id + ":" + status,
            Correlation.attemptId(JsonBody.text(json, "biz_opaque_callback_data")),
            id,
            meaning.status(),
            meaning.reason(),
            status,
            code,
            WhatsAppErrors.text(error),
            JsonBody.text(json, "recipient_id"),
            time(json, receivedAt));
    return meaning.reason() == ReasonClass.UNSUBSCRIBED
        ? List.of(receipt, unsubscribed(receipt))
        : List.of(receipt);
  }

  /** A message of a user: kept as an event, its words not. */
  Receipt ofInbound(JsonObject json, Instant receivedAt) {
    String id = JsonBody.text(json, "id");
    if (id == null || id.isEmpty()) {
      return ofUnknown("message", json, receivedAt);
    }
    String type = Objects.requireNonNullElse(JsonBody.text(json, "type"), "message");
    JsonObject error = JsonBody.object(JsonBody.array(json, "errors"), 0);
    return new Receipt(
        id,
        null,
        null,
        ReceiptStatus.UNKNOWN,
        ReasonClass.NONE,
        "inbound_" + type,
        JsonBody.text(error, "code"),
        WhatsAppErrors.text(error),
        JsonBody.text(json, "from"),
        time(json, receivedAt));
  }

  /** A user's choice whether to get marketing messages. */
  Receipt ofPreference(JsonObject json, Instant receivedAt) {
    String user = JsonBody.text(json, "wa_id");
    String value = JsonBody.text(json, "value");
    if (user == null || value == null) {
      return ofUnknown("user_preferences", json, receivedAt);
    }
    boolean stopped =
        value.equals(STOP)
            && "marketing_messages".equals(JsonBody.text(json, "category"))
            && marketingStopUnsubscribes;
    return new Receipt(
        eventId("user_preferences", json),
        null,
        null,
        stopped ? ReceiptStatus.UNSUBSCRIBED : ReceiptStatus.UNKNOWN,
        stopped ? ReasonClass.UNSUBSCRIBED : ReasonClass.NONE,
        "marketing_messages:" + value,
        null,
        JsonBody.text(json, "detail"),
        user,
        time(json, receivedAt));
  }

  /** Anything else; an event without an id of its own has that of its content. */
  Receipt ofUnknown(String what, JsonObject json, Instant receivedAt) {
    return new Receipt(
        eventId(what, json),
        null,
        null,
        ReceiptStatus.UNKNOWN,
        ReasonClass.NONE,
        what,
        JsonBody.text(json, "code"),
        WhatsAppErrors.text(json),
        null,
        receivedAt);
  }

  private static Receipt unsubscribed(Receipt rejected) {
    return new Receipt(
        rejected.eventId() + ":unsubscribed",
        rejected.attemptId(),
        rejected.providerMessageId(),
        ReceiptStatus.UNSUBSCRIBED,
        ReasonClass.UNSUBSCRIBED,
        rejected.providerStatus(),
        rejected.providerCode(),
        rejected.providerText(),
        rejected.recipient(),
        rejected.occurredAt());
  }

  private static Instant time(JsonObject json, Instant otherwise) {
    @Nullable String seconds = JsonBody.text(json, "timestamp");
    return TimestampTolerance.parseUnixSeconds(seconds).orElse(otherwise);
  }

  private static String eventId(String what, JsonObject json) {
    return what + ":" + Sha256.hex(json.encode());
  }
}
