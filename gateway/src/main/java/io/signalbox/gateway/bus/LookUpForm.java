package io.signalbox.gateway.bus;

import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.StatusQuery;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/** How a question about an attempt travels to another node, and its answer back. Pure functions. */
final class LookUpForm {
  private LookUpForm() {}

  static JsonObject write(StatusQuery query) {
    return new JsonObject()
        .put("attempt", query.attemptId())
        .put("idempotency_key", query.idempotencyKey())
        .put("message_id", query.providerMessageId())
        .put("channel", query.channel().wireName())
        .put("recipient", AttemptForm.write(query.recipient()))
        .put("attempted_at", query.attemptedAt().toString())
        .put("timeout_ms", query.timeout().toMillis());
  }

  static StatusQuery query(JsonObject json) {
    return new StatusQuery(
        NodeForms.text(json, "attempt"),
        NodeForms.text(json, "idempotency_key"),
        json.getString("message_id"),
        AttemptForm.channel(NodeForms.text(json, "channel")),
        AttemptForm.recipient(json.getJsonObject("recipient")),
        Instant.parse(NodeForms.text(json, "attempted_at")),
        Duration.ofMillis(NodeForms.number(json, "timeout_ms")));
  }

  static JsonObject write(LookedUp lookedUp) {
    Receipt receipt = lookedUp.receipt();
    return new JsonObject()
        .put("answer", lookedUp.answer().name())
        .put("receipt", receipt == null ? null : write(receipt));
  }

  static LookedUp lookedUp(JsonObject json) {
    JsonObject receipt = json.getJsonObject("receipt");
    return new LookedUp(
        LookUpAnswer.valueOf(NodeForms.text(json, "answer")),
        receipt == null ? null : receipt(receipt));
  }

  static JsonObject write(Receipt receipt) {
    return new JsonObject()
        .put("event_id", receipt.eventId())
        .put("attempt", receipt.attemptId())
        .put("message_id", receipt.providerMessageId())
        .put("status", receipt.status().name())
        .put("reason", receipt.reason().name())
        .put("provider_status", receipt.providerStatus())
        .put("provider_code", receipt.providerCode())
        .put("provider_text", receipt.providerText())
        .put("recipient", receipt.recipient())
        .put("occurred_at", receipt.occurredAt().toString());
  }

  static Receipt receipt(JsonObject json) {
    return new Receipt(
        NodeForms.text(json, "event_id"),
        json.getString("attempt"),
        json.getString("message_id"),
        ReceiptStatus.valueOf(NodeForms.text(json, "status")),
        ReasonClass.valueOf(NodeForms.text(json, "reason")),
        NodeForms.text(json, "provider_status"),
        json.getString("provider_code"),
        json.getString("provider_text"),
        json.getString("recipient"),
        Instant.parse(NodeForms.text(json, "occurred_at")));
  }
}
