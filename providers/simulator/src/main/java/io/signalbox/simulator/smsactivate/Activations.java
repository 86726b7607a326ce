package io.signalbox.simulator.smsactivate;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.rental.Arrivals;
import io.signalbox.simulator.rental.Good;
import io.signalbox.simulator.rental.Message;
import io.signalbox.simulator.rental.Order;
import io.signalbox.simulator.rental.OrderState;
import io.signalbox.simulator.rental.RentalBooks;
import io.signalbox.simulator.rental.Sale;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The calls about rented numbers, which the protocol calls activations. */
final class Activations {
  /** US dollars, as ISO 4217 numbers them. */
  private static final int CURRENCY = 840;

  private final PluginState state;
  private final RentalBooks books;
  private final Arrivals arrivals;

  Activations(PluginState state, RentalBooks books, Arrivals arrivals) {
    this.state = state;
    this.books = books;
    this.arrivals = arrivals;
  }

  /** {@code getNumber} and {@code getNumberV2}, which differ in their answer only. */
  Answer rent(Query query, Handling handling, boolean asJson) {
    String service = query.get("service");
    if (service == null || handling.refuseRecipient()) {
      return Texts.of("BAD_SERVICE");
    }
    String country = query.get("country");
    Sale sale =
        books.rent(
            new Good(country == null ? SmsActivateApi.DEFAULT_COUNTRY : country, service),
            query.amount("maxPrice").orElse(null),
            "true".equals(query.get("freePrice")),
            query.get("orderId"));
    if (sale instanceof Sale.Sold sold) {
      return rented(sold.order(), handling, asJson);
    }
    return sale instanceof Sale.Refused refused
        ? refusal(refused)
        : Texts.of("ORDER_ALREADY_EXISTS");
  }

  private Answer rented(Order order, Handling handling, boolean asJson) {
    String id = String.valueOf(order.id());
    state
        .received()
        .add(
            "+" + order.phone(),
            order.reference(),
            id,
            order.good().service(),
            handling.delivers());
    if (handling.delivers()) {
      arrivals.expect(order, handling.receipts());
    }
    return asJson
        ? Answer.json(200, activation(order))
        : Texts.of("ACCESS_NUMBER:" + id + ":" + order.phone());
  }

  private static Answer refusal(Sale.Refused refused) {
    return switch (refused.reason()) {
      case UNKNOWN_GOOD -> Texts.of("BAD_SERVICE");
      case NONE_FREE -> Texts.of("NO_NUMBERS");
      case TOO_CHEAP -> Texts.of("WRONG_MAX_PRICE:" + refused.lowestPrice());
      case NO_MONEY -> Texts.of("NO_BALANCE");
    };
  }

  private static JsonObject activation(Order order) {
    return new JsonObject()
        .put("activationId", order.id())
        .put("phoneNumber", order.phone())
        .put("activationCost", order.bid().price())
        .put("currency", CURRENCY)
        .put("countryCode", order.good().country())
        .put("canGetAnotherSms", "1")
        .put("activationTime", Texts.time(order.startedAt()))
        .put("activationOperator", "any");
  }

  /** {@code getStatus}. */
  Answer status(Query query) {
    return books
        .find(query.id())
        .map(
            order ->
                switch (order.state()) {
                  case WAITING -> "STATUS_WAIT_CODE";
                  case WAITING_AGAIN -> "STATUS_WAIT_RETRY:" + lastCode(order);
                  case RECEIVED, FINISHED -> "STATUS_OK:" + lastCode(order);
                  case CANCELLED, EXPIRED, BANNED -> "STATUS_CANCEL";
                })
        .map(Texts::of)
        .orElseGet(() -> Texts.of("NO_ACTIVATION"));
  }

  /** {@code setStatus}. */
  Answer change(Query query) {
    Order order = books.find(query.id()).orElse(null);
    if (order == null) {
      return Texts.of("NO_ACTIVATION");
    }
    String wish = query.get("status");
    return switch (wish == null ? "" : wish) {
      case "1" -> order.state() == OrderState.WAITING ? Texts.of("ACCESS_READY") : badStatus();
      case "3" -> again(order);
      case "6" -> finish(order);
      case "8", "-1" -> cancel(order);
      default -> badStatus();
    };
  }

  private Answer again(Order order) {
    if (order.state() != OrderState.RECEIVED) {
      return badStatus();
    }
    books.move(order, OrderState.WAITING_AGAIN);
    arrivals.expect(order, true);
    return Texts.of("ACCESS_RETRY_GET");
  }

  private Answer finish(Order order) {
    if (order.lastMessage().isEmpty() || !order.state().isLive()) {
      return badStatus();
    }
    books.move(order, OrderState.FINISHED);
    return Texts.of("ACCESS_ACTIVATION");
  }

  private Answer cancel(Order order) {
    if (order.state() != OrderState.WAITING) {
      return badStatus();
    }
    if (books.isTooEarly(order)) {
      return Texts.of("EARLY_CANCEL_DENIED");
    }
    books.giveBack(order, OrderState.CANCELLED);
    return Texts.of("ACCESS_CANCEL");
  }

  /** {@code getActiveActivations}. */
  Answer active() {
    JsonArray live = new JsonArray();
    for (Order order : books.newestFirst()) {
      if (order.state().isLive()) {
        live.add(listed(order));
      }
    }
    return live.isEmpty()
        ? Texts.of("NO_ACTIVATIONS")
        : Answer.json(
            200, new JsonObject().put("status", "success").put("activeActivations", live));
  }

  private static JsonObject listed(Order order) {
    return new JsonObject()
        .put("activationId", String.valueOf(order.id()))
        .put("serviceCode", order.good().service())
        .put("phoneNumber", order.phone())
        .put("activationCost", order.bid().price())
        .put("activationStatus", "4")
        .put("smsCode", order.lastMessage().map(Message::code).orElse(null))
        .put("smsText", order.lastMessage().map(Message::text).orElse(null))
        .put("activationTime", Texts.time(order.startedAt()))
        .put("countryCode", order.good().country());
  }

  private static String lastCode(Order order) {
    return order.lastMessage().map(Message::code).orElse("");
  }

  private static Answer badStatus() {
    return Texts.of("BAD_STATUS");
  }
}
