package io.signalbox.gateway.compat.resend;

import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code GET /emails/{id}}: a mail that came by this API; of several recipients the first. */
final class ResendFetch implements DialectCall.Fetching {
  /** What is told of receipts, the most telling first. */
  private static final List<Map.Entry<ReceiptStatus, String>> TOLD =
      List.of(
          Map.entry(ReceiptStatus.COMPLAINED, "complained"),
          Map.entry(ReceiptStatus.CLICKED, "clicked"),
          Map.entry(ReceiptStatus.OPENED, "opened"),
          Map.entry(ReceiptStatus.READ, "opened"),
          Map.entry(ReceiptStatus.DELIVERED, "delivered"),
          Map.entry(ReceiptStatus.BOUNCED, "bounced"));

  @Override
  public String path() {
    return "/emails/:id";
  }

  @Override
  public Optional<NotificationId> id(DialectRequest request) {
    return NotificationId.parse(request.path().getOrDefault("id", ""));
  }

  @Override
  public DialectAnswer answer(DialectRequest request, Timeline found) {
    JsonObject mail =
        found.content().length() == 0 ? new JsonObject() : new JsonObject(found.content());
    DialectMemo memo =
        DialectMemo.of(mail)
            .filter(each -> each.dialect().equals(ResendDialect.NAME))
            .orElseThrow(() -> new RefusedException(new Refusal(404, "Email not found")));
    JsonArray tags = new JsonArray();
    memo.custom()
        .forEach((name, value) -> tags.add(new JsonObject().put("name", name).put("value", value)));
    return DialectAnswer.json(
        200,
        new JsonObject()
            .put("object", "email")
            .put("id", found.id().toString())
            .put("to", new JsonArray().add(to(mail, memo)))
            .put("from", memo.sender())
            .put("created_at", Instant.ofEpochMilli(found.acceptedAtMillis()).toString())
            .put("subject", mail.getString("title"))
            .put("html", mail.getString("html"))
            .put("text", mail.getString("message"))
            .putNull("bcc")
            .putNull("cc")
            .put("reply_to", mail.getJsonArray("reply_to"))
            .put("tags", tags)
            .put("scheduled_at", mail.getString("send_at"))
            .put("last_event", lastEvent(found)));
  }

  private static String to(JsonObject mail, DialectMemo memo) {
    String named = memo.recipient();
    return named == null ? mail.getString("recipient_email") : named;
  }

  static String lastEvent(Timeline found) {
    Set<ReceiptStatus> told =
        found.receipts().stream().map(Timeline.ReceiptEntry::status).collect(Collectors.toSet());
    return switch (found.state()) {
      case SCHEDULED -> "scheduled";
      case QUEUED, PROCESSING, HELD -> "queued";
      case SENT -> of(told, told.contains(ReceiptStatus.DEFERRED) ? "delivery_delayed" : "sent");
      case DELIVERED -> of(told, "delivered");
      case FAILED -> told.contains(ReceiptStatus.BOUNCED) ? "bounced" : "failed";
      case EXPIRED, DEAD_LETTER -> "failed";
      case CANCELLED -> "canceled";
    };
  }

  private static String of(Set<ReceiptStatus> told, String otherwise) {
    return TOLD.stream()
        .filter(each -> told.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }
}
