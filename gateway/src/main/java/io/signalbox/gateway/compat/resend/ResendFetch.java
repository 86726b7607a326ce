package io.signalbox.gateway.compat.resend;

import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.MailAddress;
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
import org.jspecify.annotations.Nullable;

/** {@code GET /emails/{id}}: a mail that came by this API. */
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

  /** What stands for the mail if it is what became of it for one of several recipients. */
  private static final List<String> TOGETHER =
      List.of(
          "complained",
          "bounced",
          "failed",
          "canceled",
          "delivery_delayed",
          "scheduled",
          "queued",
          "sent",
          "delivered",
          "opened",
          "clicked");

  @Override
  public String path() {
    return "/emails/:id";
  }

  @Override
  public Optional<NotificationId> id(DialectRequest request) {
    return NotificationId.parse(request.path().getOrDefault("id", ""));
  }

  @Override
  public List<NotificationId> others(Timeline found) {
    return memo(mail(found)).map(DialectMemo::others).orElse(List.of());
  }

  @Override
  public DialectAnswer answer(DialectRequest request, List<Timeline> all) {
    Timeline found = all.get(0);
    JsonObject mail = mail(found);
    DialectMemo memo =
        memo(mail).orElseThrow(() -> new RefusedException(new Refusal(404, "Email not found")));
    JsonArray tags = new JsonArray();
    memo.custom()
        .forEach((name, value) -> tags.add(new JsonObject().put("name", name).put("value", value)));
    return DialectAnswer.json(
        200,
        new JsonObject()
            .put("object", "email")
            .put("id", found.id().toString())
            .put("to", to(all))
            .put("from", memo.sender())
            .put("created_at", Instant.ofEpochMilli(found.acceptedAtMillis()).toString())
            .put("subject", mail.getString("title"))
            .put("html", mail.getString("html"))
            .put("text", mail.getString("message"))
            .putNull("bcc")
            .putNull("cc")
            .put("reply_to", replyTo(mail))
            .put("tags", tags)
            .put("scheduled_at", mail.getString("send_at"))
            .put(
                "last_event",
                together(
                    all.stream()
                        .filter(each -> recipient(each).isPresent())
                        .map(ResendFetch::lastEvent)
                        .toList())));
  }

  /** As they were sent. */
  private static @Nullable JsonArray replyTo(JsonObject mail) {
    JsonArray stored = mail.getJsonArray("reply_to");
    if (stored == null) {
      return null;
    }
    JsonArray told = new JsonArray();
    for (Object each : stored) {
      told.add(
          each instanceof JsonObject named
              ? new MailAddress(named.getString("name"), named.getString("email")).text()
              : each);
    }
    return told;
  }

  private static JsonObject mail(Timeline found) {
    return found.content().length() == 0 ? new JsonObject() : new JsonObject(found.content());
  }

  private static Optional<DialectMemo> memo(JsonObject mail) {
    return DialectMemo.of(mail).filter(each -> each.dialect().equals(ResendDialect.NAME));
  }

  /** Of whom nothing is stored any more, nothing is told. */
  private static JsonArray to(List<Timeline> all) {
    JsonArray to = new JsonArray();
    all.forEach(each -> recipient(each).ifPresent(to::add));
    return to;
  }

  /** As it was named; empty if that is not stored any more. */
  private static Optional<String> recipient(Timeline one) {
    JsonObject mail = mail(one);
    return memo(mail)
        .map(DialectMemo::recipient)
        .or(() -> Optional.ofNullable(mail.getString("recipient_email")));
  }

  /**
   * What is told of a mail to several: what went wrong for any of them, or else how far the least
   * advanced has come.
   */
  static String together(List<String> events) {
    return TOGETHER.stream().filter(events::contains).findFirst().orElse(events.get(0));
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
