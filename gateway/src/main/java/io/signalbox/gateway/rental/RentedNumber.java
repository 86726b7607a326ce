package io.signalbox.gateway.rental;

import io.signalbox.spi.operation.Price;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalMessage;
import io.signalbox.spi.operation.RentalState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A number that was rented, as it stands: the result of an operation. Number and messages are
 * personal and secret; what is written is sealed by the ledger.
 *
 * @param number in E.164 form, with the plus
 * @param price what it costs; null if the provider does not say
 * @param startedAt when it was rented; null if the provider does not say
 * @param expiresAt when it ends by itself; null if the provider does not say
 * @param state how it stands
 * @param messages what came in, the oldest first, at most {@value #MOST_MESSAGES}
 * @param polls how often it was asked for since something happened last
 */
record RentedNumber(
    String number,
    @Nullable Price price,
    @Nullable Instant startedAt,
    @Nullable Instant expiresAt,
    RentalState state,
    List<RentalMessage> messages,
    int polls) {
  /** What comes after so many is left out. */
  static final int MOST_MESSAGES = 50;

  /** Copies the list. */
  RentedNumber {
    messages = List.copyOf(messages);
  }

  /** One that was just rented. */
  static RentedNumber of(Rental rental) {
    return new RentedNumber(
        rental.number(),
        rental.price(),
        rental.startedAt(),
        rental.expiresAt(),
        RentalState.WAITING,
        List.of(),
        0);
  }

  RentedNumber with(RentalState newState, List<RentalMessage> newMessages, int newPolls) {
    return new RentedNumber(number, price, startedAt, expiresAt, newState, newMessages, newPolls);
  }

  /** One more code was asked for: it is looked for often again. */
  RentedNumber askedAgain() {
    return with(state, messages, 0);
  }

  /** As it is stored and, but for {@code polls}, as the API shows it. */
  JsonObject toJson() {
    JsonObject json = new JsonObject().put("number", number).put("state", state.wireName());
    if (price != null) {
      json.put("price", MoneyJson.write(price));
    }
    put(json, "started_at", startedAt);
    put(json, "expires_at", expiresAt);
    JsonArray received = new JsonArray();
    messages.forEach(message -> received.add(write(message)));
    return json.put("messages", received).put("polls", polls);
  }

  static JsonObject write(RentalMessage message) {
    JsonObject json = new JsonObject();
    if (message.code() != null) {
      json.put("code", message.code());
    }
    if (message.text() != null) {
      json.put("text", message.text());
    }
    put(json, "received_at", message.receivedAt());
    return json;
  }

  private static void put(JsonObject json, String name, @Nullable Instant at) {
    if (at != null) {
      json.put(name, at.toString());
    }
  }

  /** Reads what {@link #toJson} wrote. */
  static RentedNumber of(JsonObject json) {
    List<RentalMessage> messages = new ArrayList<>();
    for (Object each : json.getJsonArray("messages", new JsonArray())) {
      JsonObject message = (JsonObject) each;
      messages.add(
          new RentalMessage(
              message.getString("code"), message.getString("text"), at(message, "received_at")));
    }
    return new RentedNumber(
        json.getString("number"),
        MoneyJson.read(json.getJsonObject("price")),
        at(json, "started_at"),
        at(json, "expires_at"),
        RentalState.valueOf(json.getString("state").toUpperCase(Locale.ROOT)),
        messages,
        json.getInteger("polls", 0));
  }

  private static @Nullable Instant at(JsonObject json, String name) {
    String text = json.getString(name);
    return text == null ? null : Instant.parse(text);
  }

  /** Without number and messages. */
  @Override
  public String toString() {
    return "RentedNumber[" + state.wireName() + ", " + messages.size() + " messages]";
  }
}
