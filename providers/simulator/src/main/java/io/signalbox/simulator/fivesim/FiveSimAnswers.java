package io.signalbox.simulator.fivesim;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.rental.Message;
import io.signalbox.simulator.rental.Order;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** 5sim's answers: JSON where all is well, plain text where not. */
final class FiveSimAnswers {
  private static final Map<String, String> PLAIN =
      Map.of("Content-Type", "text/plain; charset=utf-8");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private FiveSimAnswers() {}

  static Answer text(int status, String text) {
    return new Answer(status, PLAIN, Buffer.buffer(text));
  }

  static Answer order(Order order) {
    return Answer.json(200, json(order));
  }

  static JsonObject json(Order order) {
    return new JsonObject()
        .put("id", order.id())
        .put("phone", "+" + order.phone())
        .put("operator", Lists.operator())
        .put("product", order.good().service())
        .put("price", order.bid().price())
        .put("status", status(order))
        .put("expires", MICROS.format(order.expiresAt()))
        .put("sms", messages(order))
        .put("created_at", MICROS.format(order.startedAt()))
        .put("forwarding", false)
        .put("forwarding_number", "")
        .put("country", order.good().country());
  }

  private static String status(Order order) {
    return switch (order.state()) {
      case WAITING -> order.messages().isEmpty() ? "PENDING" : "RECEIVED";
      case WAITING_AGAIN, RECEIVED -> "RECEIVED";
      case FINISHED -> "FINISHED";
      case CANCELLED -> "CANCELED";
      case EXPIRED -> "TIMEOUT";
      case BANNED -> "BANNED";
    };
  }

  private static JsonArray messages(Order order) {
    JsonArray messages = new JsonArray();
    for (Message message : order.messages()) {
      messages.add(
          new JsonObject()
              .put("created_at", MICROS.format(message.at()))
              .put("date", Instant.ofEpochSecond(message.at().getEpochSecond()).toString())
              .put("sender", message.sender())
              .put("text", message.text())
              .put("code", message.code()));
    }
    return messages;
  }
}
