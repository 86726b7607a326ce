package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.signature.Sha256;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a receipt of one event: where its parts stand, and what the API's words mean.
 *
 * @param fields where the parts of an event stand
 * @param statuses by the API's word; others are unknown
 * @param reasons by the API's code, or its word for the status
 */
record EventReader(
    Fields fields, Map<String, ReceiptStatus> statuses, Map<String, ReasonClass> reasons) {
  private static final String NO_STATUS = "event";

  /** Places in an event; null for what it does not have. */
  record Fields(
      @Nullable Pointer eventId,
      @Nullable Pointer messageId,
      @Nullable Pointer attemptId,
      @Nullable Pointer status,
      @Nullable Pointer code,
      @Nullable Pointer text,
      @Nullable Pointer recipient,
      @Nullable Pointer timestamp) {

    static Fields read(ConfigReader reader) {
      Fields fields =
          new Fields(
              Pointer.read(reader, "event_id"),
              Pointer.read(reader, "message_id"),
              Pointer.read(reader, "attempt_id"),
              Pointer.read(reader, "status"),
              Pointer.read(reader, "code"),
              Pointer.read(reader, "text"),
              Pointer.read(reader, "recipient"),
              Pointer.read(reader, "timestamp"));
      if (!reader.keys().contains("status")) {
        reader.problem("status", "is required (the JSON pointer to the status of an event)");
      }
      if (!reader.keys().contains("message_id") && !reader.keys().contains("attempt_id")) {
        reader.problem("message_id", "is required unless attempt_id is there (a JSON pointer)");
      }
      return fields;
    }
  }

  static EventReader read(ConfigReader reader) {
    Fields fields = Fields.read(reader);
    Map<String, ReceiptStatus> statuses = new TreeMap<>();
    ConfigReader words = reader.block("statuses");
    for (String word : new TreeSet<>(words.keys())) {
      statuses.put(word, Words.status(words, word, words.requiredText(word)));
    }
    if (statuses.isEmpty()) {
      reader.problem("statuses", "is required: the API's words and the statuses that they mean");
    }
    Map<String, ReasonClass> reasons = new TreeMap<>();
    ConfigReader codes = reader.block("reasons");
    for (String code : new TreeSet<>(codes.keys())) {
      reasons.put(code, Words.reason(codes, code, codes.requiredText(code)));
    }
    return new EventReader(fields, Map.copyOf(statuses), Map.copyOf(reasons));
  }

  Receipt receipt(JsonObject event, Instant receivedAt) {
    String word = Objects.requireNonNullElse(Pointer.textAt(fields.status, event), NO_STATUS);
    String code = Pointer.textAt(fields.code, event);
    String messageId = Pointer.textAt(fields.messageId, event);
    ReceiptStatus status = statuses.getOrDefault(word, ReceiptStatus.UNKNOWN);
    String timestamp = Pointer.textAt(fields.timestamp, event);
    return new Receipt(
        eventId(event, messageId, word, timestamp),
        Correlation.attemptId(Pointer.textAt(fields.attemptId, event)),
        messageId,
        status,
        reason(status, word, code),
        word,
        code,
        Pointer.textAt(fields.text, event),
        Pointer.textAt(fields.recipient, event),
        EventTimes.parse(timestamp, receivedAt));
  }

  private ReasonClass reason(ReceiptStatus status, String word, @Nullable String code) {
    ReasonClass found = code == null ? null : reasons.get(code);
    if (found == null) {
      found = reasons.get(word);
    }
    if (found != null) {
      return found;
    }
    return switch (status) {
      case BOUNCED -> ReasonClass.SOFT_BOUNCE;
      case COMPLAINED -> ReasonClass.COMPLAINT;
      case UNSUBSCRIBED -> ReasonClass.UNSUBSCRIBED;
      case EXPIRED -> ReasonClass.EXPIRED;
      default -> ReasonClass.NONE;
    };
  }

  /** An event without an id of its own has that of its content, which a repeat has too. */
  private String eventId(
      JsonObject event, @Nullable String messageId, String word, @Nullable String timestamp) {
    String own = Pointer.textAt(fields.eventId, event);
    if (own != null) {
      return own;
    }
    if (messageId != null && timestamp != null) {
      return messageId + ":" + word + ":" + timestamp;
    }
    return "content:" + Sha256.hex(event.encode());
  }
}
