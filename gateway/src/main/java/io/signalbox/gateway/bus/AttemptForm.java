package io.signalbox.gateway.bus;

import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MailAddress;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.Recipient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How an attempt travels to another node, and its outcome back. Pure functions. */
final class AttemptForm {
  private AttemptForm() {}

  static JsonObject write(Deliver deliver) {
    DeliveryRequest request = deliver.request();
    Duration validFor = request.validFor();
    return new JsonObject()
        .put("attempt", deliver.attempt().toString())
        .put("cut_short", deliver.cutShort())
        .put("idempotency_key", request.idempotencyKey())
        .put("channel", request.channel().wireName())
        .put("type", request.notificationType())
        .put("recipient", write(request.recipient()))
        .put("title", request.content().title())
        .put("message", request.content().message())
        .put("html", request.content().html())
        .put("timeout_ms", request.timeout().toMillis())
        .put("valid_ms", validFor == null ? null : validFor.toMillis())
        .put("tags", new JsonObject(Map.copyOf(request.tags())))
        .put("traceparent", request.traceparent())
        .put("mail", write(request.mail()));
  }

  static Deliver deliver(JsonObject json) {
    AttemptId attempt = attempt(json);
    return new Deliver(
        attempt,
        new DeliveryRequest(
            attempt.toString(),
            NodeForms.text(json, "idempotency_key"),
            channel(NodeForms.text(json, "channel")),
            NodeForms.text(json, "type"),
            recipient(json.getJsonObject("recipient")),
            new Content(json.getString("title"), json.getString("message"), json.getString("html")),
            Duration.ofMillis(NodeForms.number(json, "timeout_ms")),
            duration(json.getLong("valid_ms")),
            json.getJsonObject("tags").stream()
                .collect(
                    Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, tag -> tag.getValue().toString())),
            json.getString("traceparent"),
            mail(json.getJsonObject("mail"))),
        json.getBoolean("cut_short"));
  }

  static AttemptId attempt(JsonObject json) {
    return AttemptId.parse(NodeForms.text(json, "attempt"))
        .orElseThrow(() -> new IllegalArgumentException("not the id of an attempt"));
  }

  static Channel channel(String wireName) {
    return Channel.find(wireName)
        .orElseThrow(() -> new IllegalArgumentException("no channel " + wireName));
  }

  static @Nullable Duration duration(@Nullable Long millis) {
    return millis == null ? null : Duration.ofMillis(millis);
  }

  private static @Nullable JsonObject write(@Nullable MailOptions mail) {
    return mail == null
        ? null
        : new JsonObject()
            .put("from_email", mail.fromEmail())
            .put("from_name", mail.fromName())
            .put(
                "reply_to",
                new JsonArray(mail.replyTo().stream().map(AttemptForm::write).toList()));
  }

  private static Object write(MailAddress address) {
    return address.name() == null
        ? address.address()
        : new JsonObject().put("email", address.address()).put("name", address.name());
  }

  private static MailAddress address(Object json) {
    return json instanceof JsonObject named
        ? new MailAddress(NodeForms.text(named, "email"), named.getString("name"))
        : new MailAddress(json.toString(), null);
  }

  private static @Nullable MailOptions mail(@Nullable JsonObject json) {
    return json == null
        ? null
        : new MailOptions(
            json.getString("from_email"),
            json.getString("from_name"),
            json.getJsonArray("reply_to", new JsonArray()).stream()
                .map(AttemptForm::address)
                .toList());
  }

  static JsonObject write(Recipient recipient) {
    String kind =
        recipient instanceof Recipient.Email
            ? "email"
            : recipient instanceof Recipient.Phone ? "phone" : "telegram";
    return new JsonObject().put("kind", kind).put("address", recipient.address());
  }

  static Recipient recipient(JsonObject json) {
    String address = NodeForms.text(json, "address");
    return switch (NodeForms.text(json, "kind")) {
      case "email" -> new Recipient.Email(address);
      case "phone" -> new Recipient.Phone(address);
      case "telegram" -> new Recipient.TelegramChat(Long.parseLong(address));
      default -> throw new IllegalArgumentException("no such kind of recipient");
    };
  }

  static JsonObject write(Delivered delivered) {
    return OutcomeForm.put(
        new JsonObject()
            .put("attempt", delivered.attempt().toString())
            .put("took_ms", delivered.tookMillis()),
        delivered.outcome());
  }

  static Delivered delivered(JsonObject json) {
    return new Delivered(
        attempt(json), OutcomeForm.outcome(json), NodeForms.number(json, "took_ms"));
  }
}
