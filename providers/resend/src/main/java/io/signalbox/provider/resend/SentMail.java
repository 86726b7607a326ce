package io.signalbox.provider.resend;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.StatusQuery;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.LookUpException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * A mail as {@code GET /emails/{id}} answers it.
 *
 * @param id of Resend
 * @param lastEvent the last of its events, without the {@code email.} of webhooks
 * @param json all of it
 */
record SentMail(String id, String lastEvent, JsonObject json) {

  /**
   * Reads the answer about a mail.
   *
   * @return empty if Resend knows no such mail
   * @throws LookUpException if the answer says neither
   */
  static Optional<SentMail> read(Answered answer, String asked) {
    if (answer.status() == 404 && "not_found".equals(ResendErrors.name(answer))) {
      return Optional.empty();
    }
    if (!answer.successful()) {
      throw LookUpException.answered(answer.status(), ResendErrors.name(answer));
    }
    JsonObject json = JsonBody.object(answer.body()).orElseThrow(LookUpException::unreadable);
    String lastEvent = JsonBody.text(json, "last_event");
    if (lastEvent == null || !asked.equals(JsonBody.text(json, "id"))) {
      throw LookUpException.unreadable();
    }
    return Optional.of(new SentMail(asked, lastEvent, json));
  }

  /** Whether it was sent for the notification of that key. */
  boolean isOf(String idempotencyKey) {
    JsonArray tags = JsonBody.array(json, "tags");
    for (int i = 0; i < tags.size(); i++) {
      JsonObject tag = JsonBody.object(tags, i);
      if (Correlation.NAME.equals(JsonBody.text(tag, "name"))) {
        return idempotencyKey.equals(JsonBody.text(tag, "value"));
      }
    }
    return false;
  }

  /** What its last event means; the answer does not say when that was, nor why a mail bounced. */
  Receipt receipt(StatusQuery query, Instant now) {
    return new Receipt(
        "lookup:" + id + ":" + lastEvent,
        query.attemptId(),
        id,
        status(),
        reason(),
        lastEvent,
        null,
        null,
        JsonBody.text(JsonBody.array(json, "to"), 0),
        now);
  }

  private ReceiptStatus status() {
    return switch (lastEvent) {
      // No webhook tells these two.
      case "queued" -> ReceiptStatus.QUEUED;
      case "canceled" -> ReceiptStatus.FAILED;
      default -> ResendEvent.status("email." + lastEvent);
    };
  }

  private ReasonClass reason() {
    // Without its details a bounce is neither a hard nor a soft one.
    return status() == ReceiptStatus.BOUNCED
        ? ReasonClass.NONE
        : ResendEvent.reason("email." + lastEvent, new JsonObject());
  }

  @Override
  public String toString() {
    return "SentMail[" + id + ", " + lastEvent + "]";
  }
}
