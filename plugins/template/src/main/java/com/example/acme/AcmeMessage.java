package com.example.acme;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message as Acme shows it, in webhooks and look-ups alike. */
final class AcmeMessage {
  private static final Map<String, ReceiptStatus> MEANINGS =
      Map.of(
          "queued", ReceiptStatus.QUEUED,
          "delivered", ReceiptStatus.DELIVERED,
          "bounced", ReceiptStatus.BOUNCED,
          "complained", ReceiptStatus.COMPLAINED);

  /** What webhooks report. */
  static final Set<ReceiptStatus> STATUSES = Set.copyOf(MEANINGS.values());

  private AcmeMessage() {}

  /** What it says; empty if it is no message. */
  static Optional<Receipt> receipt(JsonObject message, Instant now) {
    String id = JsonBody.text(message, "id");
    String status = JsonBody.text(message, "status");
    if (id == null || status == null) {
      return Optional.empty();
    }
    ReceiptStatus meaning = MEANINGS.getOrDefault(status, ReceiptStatus.UNKNOWN);
    return Optional.of(
        new Receipt(
            id + ":" + status,
            Correlation.attemptId(JsonBody.text(message, "reference")),
            id,
            meaning,
            reason(meaning),
            status,
            null,
            JsonBody.text(message, "reason"),
            JsonBody.text(message, "to"),
            time(JsonBody.text(message, "at"), now)));
  }

  private static ReasonClass reason(ReceiptStatus meaning) {
    return switch (meaning) {
      case BOUNCED -> ReasonClass.HARD_BOUNCE;
      case COMPLAINED -> ReasonClass.COMPLAINT;
      default -> ReasonClass.NONE;
    };
  }

  private static Instant time(@Nullable String text, Instant otherwise) {
    try {
      return text == null ? otherwise : Instant.parse(text);
    } catch (DateTimeException e) {
      return otherwise;
    }
  }
}
