package io.signalbox.gateway.bus;

import io.signalbox.gateway.bus.NodeProviderMessages.Header;
import io.signalbox.gateway.bus.NodeProviderMessages.ReceiveThere;
import io.signalbox.gateway.ledger.BookingChangeJson;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.stream.IntStream;

/**
 * How a webhook travels to the node that can tell whether it is authentic, and what that makes of
 * it back. The body travels as bytes: its signature is over them. Pure functions.
 */
final class WebhookForm {
  private WebhookForm() {}

  static JsonObject write(ReceiveThere webhook) {
    JsonArray headers = new JsonArray();
    webhook.headers().forEach(header -> headers.add(header.name()).add(header.value()));
    return new JsonObject()
        .put("provider", webhook.provider())
        .put("method", webhook.method())
        .put("url", webhook.url())
        .put("query", webhook.rawQuery())
        .put("headers", headers)
        .put("received_at", webhook.receivedAt().toString());
  }

  static ReceiveThere webhook(JsonObject json, Buffer body) {
    JsonArray headers = json.getJsonArray("headers");
    return new ReceiveThere(
        NodeForms.text(json, "provider"),
        NodeForms.text(json, "method"),
        NodeForms.text(json, "url"),
        NodeForms.text(json, "query"),
        IntStream.range(0, headers.size() / 2)
            .mapToObj(i -> new Header(headers.getString(2 * i), headers.getString(2 * i + 1)))
            .toList(),
        body,
        Instant.parse(NodeForms.text(json, "received_at")));
  }

  static JsonObject write(WebhookResult result) {
    if (result instanceof WebhookResult.Verified verified) {
      return new JsonObject()
          .put("result", "verified")
          .put(
              "receipts",
              new JsonArray(verified.receipts().stream().map(LookUpForm::write).toList()))
          .put(
              "bookings",
              new JsonArray(verified.bookings().stream().map(BookingChangeJson::write).toList()))
          .put(
              "rentals",
              new JsonArray(verified.rentals().stream().map(RentalNewsForm::write).toList()));
    }
    if (result instanceof WebhookResult.Answer answer) {
      return new JsonObject()
          .put("result", "answer")
          .put("content_type", answer.contentType())
          .put("body", answer.body());
    }
    WebhookResult.Refused refused = (WebhookResult.Refused) result;
    return new JsonObject()
        .put("result", "refused")
        .put("refusal", refused.refusal().name())
        .put("detail", refused.detail());
  }

  static WebhookResult result(JsonObject json) {
    return switch (NodeForms.text(json, "result")) {
      case "verified" ->
          new WebhookResult.Verified(
              json.getJsonArray("receipts").stream()
                  .map(JsonObject.class::cast)
                  .map(LookUpForm::receipt)
                  .toList(),
              json.getJsonArray("bookings").stream()
                  .map(JsonObject.class::cast)
                  .map(BookingChangeJson::read)
                  .toList(),
              json.getJsonArray("rentals").stream()
                  .map(JsonObject.class::cast)
                  .map(RentalNewsForm::news)
                  .toList());
      case "answer" ->
          new WebhookResult.Answer(
              NodeForms.text(json, "content_type"), NodeForms.text(json, "body"));
      case "refused" ->
          new WebhookResult.Refused(
              Refusal.valueOf(NodeForms.text(json, "refusal")), NodeForms.text(json, "detail"));
      default -> throw new IllegalArgumentException("no such result of a webhook");
    };
  }
}
