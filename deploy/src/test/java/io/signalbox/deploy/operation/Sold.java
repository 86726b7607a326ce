package io.signalbox.deploy.operation;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What a simulated provider has in its own books.
 *
 * @param provider whose books
 * @param id the provider's own
 * @param name by which a client was told of it: the telephone number, or the booking's uid
 * @param what it is, in the callers' words
 * @param price what it costs
 * @param live whether it is the customer's still
 * @param paid whether the provider keeps its price
 */
record Sold(
    String provider,
    String id,
    String name,
    String what,
    BigDecimal price,
    boolean live,
    boolean paid) {

  /** What the providers call the countries, services and event types of these runs. */
  private static final Map<String, String> WORDS =
      Map.of(
          "187",
          "us",
          "usa",
          "us",
          "16",
          "gb",
          "england",
          "gb",
          "wa",
          "wa",
          "whatsapp",
          "wa",
          "tg",
          "tg",
          "telegram",
          "tg",
          "60min",
          "7");

  /** Where it stands: no other has the same. */
  String place() {
    return provider + " " + id;
  }

  /** An order of a provider of numbers. */
  static Sold number(String provider, JsonObject order) {
    boolean live = order.getBoolean("live");
    return new Sold(
        provider,
        order.getString("id"),
        order.getString("number"),
        WORDS.get(order.getString("country")) + " " + WORDS.get(order.getString("service")),
        new BigDecimal(order.getString("price")),
        live,
        live || order.getString("state").equals("finished"));
  }

  /** An entry in the calendar of a provider of bookings. */
  static Sold booking(String provider, JsonObject entry) {
    String uid = entry.getString("uid");
    boolean live = entry.getBoolean("live");
    String what = WORDS.get(entry.getString("event_type"));
    return new Sold(provider, uid, uid, String.valueOf(what), BigDecimal.ZERO, live, live);
  }
}
