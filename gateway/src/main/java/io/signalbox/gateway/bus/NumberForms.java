package io.signalbox.gateway.bus;

import io.signalbox.gateway.call.NumberCall.AskOffers;
import io.signalbox.gateway.call.NumberCall.ChangeRental;
import io.signalbox.gateway.call.NumberCall.FindRentals;
import io.signalbox.gateway.call.NumberCall.ReadRental;
import io.signalbox.gateway.call.NumberCall.Rent;
import io.signalbox.gateway.call.RentalRef;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.OfferWish;
import io.signalbox.spi.operation.Price;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalMessage;
import io.signalbox.spi.operation.RentalSearch;
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How calls about numbers travel to another node, and what they give back. Pure functions. */
final class NumberForms {
  static final List<CallForm<?, ?>> ALL =
      List.of(
          new CallForm<>(
              Rent.class,
              NumberForms::write,
              NumberForms::rent,
              NumberForms::write,
              NumberForms::rental),
          new CallForm<>(
              FindRentals.class,
              NumberForms::write,
              NumberForms::find,
              found -> JsonLists.of("rentals", found, NumberForms::write),
              json -> JsonLists.read(json, "rentals", NumberForms::rental)),
          new CallForm<>(
              ReadRental.class,
              call -> write(call.rental(), call.timeout()),
              json -> new ReadRental(ref(json), timeout(json)),
              value -> new JsonObject().put("status", value.map(NumberForms::write).orElse(null)),
              json -> Optional.ofNullable(json.getJsonObject("status")).map(NumberForms::status)),
          new CallForm<>(
              ChangeRental.class,
              call -> write(call.rental(), call.timeout()).put("change", call.change().name()),
              json ->
                  new ChangeRental(
                      ref(json),
                      RentalChange.valueOf(NodeForms.text(json, "change")),
                      timeout(json)),
              NumberForms::write,
              NumberForms::status),
          new CallForm<>(
              AskOffers.class,
              call ->
                  new JsonObject()
                      .put("country", call.wish().country())
                      .put("service", call.wish().service())
                      .put("timeout_ms", call.wish().timeout().toMillis()),
              json ->
                  new AskOffers(
                      new OfferWish(
                          json.getString("country"), json.getString("service"), timeout(json))),
              found -> JsonLists.of("offers", found, NumberForms::write),
              json -> JsonLists.read(json, "offers", NumberForms::offer)));

  private NumberForms() {}

  static JsonObject write(RentalRef ref, Duration timeout) {
    return new JsonObject()
        .put("id", ref.id())
        .put("service", ref.service())
        .put("country", ref.country())
        .put("timeout_ms", timeout.toMillis());
  }

  static RentalRef ref(JsonObject json) {
    return new RentalRef(
        NodeForms.text(json, "id"), json.getString("service"), json.getString("country"));
  }

  static Duration timeout(JsonObject json) {
    return Duration.ofMillis(NodeForms.number(json, "timeout_ms"));
  }

  static @Nullable Instant instant(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }

  static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  static @Nullable JsonObject write(@Nullable Price price) {
    return price == null
        ? null
        : new JsonObject()
            .put("amount", price.amount().toString())
            .put("currency", price.currency());
  }

  static @Nullable Price price(@Nullable JsonObject json) {
    return json == null
        ? null
        : new Price(
            new BigDecimal(NodeForms.text(json, "amount")), NodeForms.text(json, "currency"));
  }

  private static JsonObject write(Rent call) {
    RentRequest request = call.request();
    return new JsonObject()
        .put("attempt", request.attemptId())
        .put("country", request.country())
        .put("service", request.service())
        .put("max_price", write(request.maxPrice()))
        .put("free_price", request.freePrice())
        .put("timeout_ms", request.timeout().toMillis())
        .put("traceparent", request.traceparent());
  }

  private static Rent rent(JsonObject json) {
    return new Rent(
        new RentRequest(
            NodeForms.text(json, "attempt"),
            NodeForms.text(json, "country"),
            NodeForms.text(json, "service"),
            price(json.getJsonObject("max_price")),
            json.getBoolean("free_price"),
            timeout(json),
            json.getString("traceparent")));
  }

  private static JsonObject write(FindRentals call) {
    RentalSearch search = call.search();
    return new JsonObject()
        .put("attempt", search.attemptId())
        .put("country", search.country())
        .put("service", search.service())
        .put("attempted_at", search.attemptedAt().toString())
        .put("known", new JsonArray(List.copyOf(search.known())))
        .put("timeout_ms", search.timeout().toMillis());
  }

  private static FindRentals find(JsonObject json) {
    return new FindRentals(
        new RentalSearch(
            NodeForms.text(json, "attempt"),
            NodeForms.text(json, "country"),
            NodeForms.text(json, "service"),
            Instant.parse(NodeForms.text(json, "attempted_at")),
            json.getJsonArray("known").stream()
                .map(Object::toString)
                .collect(Collectors.toUnmodifiableSet()),
            timeout(json)));
  }

  private static JsonObject write(Rental rental) {
    return new JsonObject()
        .put("id", rental.id())
        .put("number", rental.number())
        .put("price", write(rental.price()))
        .put("started_at", text(rental.startedAt()))
        .put("expires_at", text(rental.expiresAt()));
  }

  private static Rental rental(JsonObject json) {
    return new Rental(
        NodeForms.text(json, "id"),
        NodeForms.text(json, "number"),
        price(json.getJsonObject("price")),
        instant(json.getString("started_at")),
        instant(json.getString("expires_at")));
  }

  private static JsonObject write(RentalStatus status) {
    return JsonLists.of("messages", status.messages(), NumberForms::write)
        .put("state", status.state().name());
  }

  private static RentalStatus status(JsonObject json) {
    return new RentalStatus(
        RentalState.valueOf(NodeForms.text(json, "state")),
        JsonLists.read(json, "messages", NumberForms::message));
  }

  private static JsonObject write(RentalMessage message) {
    return new JsonObject()
        .put("code", message.code())
        .put("text", message.text())
        .put("received_at", text(message.receivedAt()));
  }

  private static RentalMessage message(JsonObject json) {
    return new RentalMessage(
        json.getString("code"), json.getString("text"), instant(json.getString("received_at")));
  }

  private static JsonObject write(NumberOffer offer) {
    return new JsonObject()
        .put("country", offer.country())
        .put("service", offer.service())
        .put("stock", offer.stock())
        .put("price", write(offer.price()))
        .put("lowest_free_price", write(offer.lowestFreePrice()));
  }

  private static NumberOffer offer(JsonObject json) {
    return new NumberOffer(
        NodeForms.text(json, "country"),
        NodeForms.text(json, "service"),
        json.getInteger("stock"),
        price(json.getJsonObject("price")),
        price(json.getJsonObject("lowest_free_price")));
  }
}
