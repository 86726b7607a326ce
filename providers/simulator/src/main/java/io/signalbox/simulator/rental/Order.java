package io.signalbox.simulator.rental;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One number that was rented. For one event loop. */
public final class Order {
  private final long id;
  private final String phone;
  private final Good good;
  private final Bid bid;
  private final @Nullable String reference;
  private final Instant startedAt;
  private final Instant expiresAt;
  private final List<Message> messages = new ArrayList<>();
  private OrderState state = OrderState.WAITING;

  Order(
      long id,
      String phone,
      Good good,
      Bid bid,
      @Nullable String reference,
      Instant startedAt,
      Instant expiresAt) {
    this.id = id;
    this.phone = phone;
    this.good = good;
    this.bid = bid;
    this.reference = reference;
    this.startedAt = startedAt;
    this.expiresAt = expiresAt;
  }

  /** The service's id of it. */
  public long id() {
    return id;
  }

  /** The number without a plus. */
  public String phone() {
    return phone;
  }

  /** What was rented. */
  public Good good() {
    return good;
  }

  /** What it cost. */
  public Bid bid() {
    return bid;
  }

  /** The customer's own id of it; null if the request had none. */
  public @Nullable String reference() {
    return reference;
  }

  /** When it was rented. */
  public Instant startedAt() {
    return startedAt;
  }

  /** When it ends by itself. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** What came in, the oldest first. */
  public List<Message> messages() {
    return List.copyOf(messages);
  }

  /** What came in last. */
  public Optional<Message> lastMessage() {
    return messages.isEmpty() ? Optional.empty() : Optional.of(messages.get(messages.size() - 1));
  }

  /** How it stands. */
  public OrderState state() {
    return state;
  }

  void receive(Message message) {
    messages.add(message);
    state = OrderState.RECEIVED;
  }

  void moveTo(OrderState next) {
    state = next;
  }

  /** The form in which the books show it. */
  JsonObject toJson() {
    JsonArray codes = new JsonArray();
    messages.forEach(message -> codes.add(message.code()));
    return new JsonObject()
        .put("id", String.valueOf(id))
        .put("number", "+" + phone)
        .put("country", good.country())
        .put("service", good.service())
        .put("price", bid.price().toPlainString())
        .put("reference", reference)
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .put("live", state.isLive())
        .put("codes", codes)
        .put("started_at", startedAt.toString())
        .put("expires_at", expiresAt.toString());
  }
}
