package io.signalbox.simulator.rental;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stock, orders and money of a simulated service that rents numbers: what tests count live rentals
 * and spent money in. For one event loop.
 */
public final class RentalBooks {
  private static final int MAX_ORDERS = 200_000;
  private static final long FIRST_ID = 635_468_021;

  private final Clock clock;
  private final Ids ids;
  private final Map<Good, Shelf> shelves = new LinkedHashMap<>();
  private final Map<Long, Order> orders = new LinkedHashMap<>();
  private final Map<String, Order> byReference = new HashMap<>();
  private BigDecimal balance = new BigDecimal("1000000.00");
  private Terms terms;
  private long nextId = FIRST_ID;

  /** Empty books of a rich customer. */
  public RentalBooks(Clock clock, Ids ids, Terms terms) {
    this.clock = clock;
    this.ids = ids;
    this.terms = terms;
  }

  /** Puts a good on its shelf, or changes it. */
  public void stock(Good good, Shelf shelf) {
    shelves.put(good, shelf);
  }

  /** The shelves as they are. */
  public Map<Good, Shelf> shelves() {
    return Collections.unmodifiableMap(shelves);
  }

  /** The customer's money. */
  public BigDecimal balance() {
    return balance;
  }

  /** What customers are granted. */
  public Terms terms() {
    return terms;
  }

  void setBalance(BigDecimal changed) {
    balance = changed;
  }

  void setTerms(Terms changed) {
    terms = changed;
  }

  /**
   * Sells a number.
   *
   * @param limit the most that may be paid; null for no limit
   * @param free whether any price up to the limit will do
   * @param reference the customer's own id; null for none
   */
  public Sale rent(
      Good good, @Nullable BigDecimal limit, boolean free, @Nullable String reference) {
    Order before = reference == null ? null : byReference.get(reference);
    if (before != null) {
      return new Sale.Repeated(before);
    }
    Shelf shelf = shelves.get(good);
    if (shelf == null) {
      return new Sale.Refused(Sale.Reason.UNKNOWN_GOOD, null);
    }
    Bid lowest = shelf.offer(null, free).orElse(null);
    if (lowest == null || orders.size() >= MAX_ORDERS) {
      return new Sale.Refused(Sale.Reason.NONE_FREE, null);
    }
    Bid bid = shelf.offer(limit, free).orElse(null);
    if (bid == null) {
      return new Sale.Refused(Sale.Reason.TOO_CHEAP, lowest.price());
    }
    if (balance.compareTo(bid.price()) < 0) {
      return new Sale.Refused(Sale.Reason.NO_MONEY, null);
    }
    return new Sale.Sold(sell(good, shelf, bid, reference));
  }

  private Order sell(Good good, Shelf shelf, Bid bid, @Nullable String reference) {
    Instant now = clock.instant();
    String phone = "7" + ids.digits(10);
    Order order = new Order(nextId++, phone, good, bid, reference, now, now.plus(terms.lifetime()));
    shelves.put(good, shelf.with(bid, -1));
    balance = balance.subtract(bid.price());
    orders.put(order.id(), order);
    if (reference != null) {
      byReference.put(reference, order);
    }
    return order;
  }

  /** An order, as it stands now. */
  public Optional<Order> find(long id) {
    Optional<Order> order = Optional.ofNullable(orders.get(id));
    order.ifPresent(this::expire);
    return order;
  }

  /** All orders, the newest first, as they stand now. */
  public List<Order> newestFirst() {
    List<Order> all = new ArrayList<>(orders.values());
    all.forEach(this::expire);
    Collections.reverse(all);
    return all;
  }

  /**
   * Lets a message come in, if the number is the customer's still.
   *
   * @param code in the message; null for one by chance
   */
  Optional<Message> receive(Order order, String sender, @Nullable String code) {
    expire(order);
    if (!order.state().isLive()) {
      return Optional.empty();
    }
    String given = code == null ? ids.digits(6) : code;
    Message message =
        new Message(clock.instant(), sender, given + " is your confirmation code", given);
    order.receive(message);
    return Optional.of(message);
  }

  /** Whether an order is too young to be given back. */
  public boolean isTooEarly(Order order) {
    return clock.instant().isBefore(order.startedAt().plus(terms.noCancelBefore()));
  }

  /** Takes an order back and pays for it. */
  public void giveBack(Order order, OrderState how) {
    order.moveTo(how);
    balance = balance.add(order.bid().price());
    shelves.computeIfPresent(order.good(), (good, shelf) -> shelf.with(order.bid(), 1));
  }

  /** Ends an order, or asks for one more message. */
  public void move(Order order, OrderState next) {
    order.moveTo(next);
  }

  private void expire(Order order) {
    if (order.state().isLive() && !clock.instant().isBefore(order.expiresAt())) {
      if (order.messages().isEmpty()) {
        giveBack(order, OrderState.EXPIRED);
      } else {
        order.moveTo(OrderState.FINISHED);
      }
    }
  }

  void clear() {
    orders.clear();
    byReference.clear();
  }

  JsonObject toJson() {
    JsonArray sold = new JsonArray();
    BigDecimal spent = BigDecimal.ZERO;
    int live = 0;
    for (Order order : orders.values()) {
      expire(order);
      sold.add(order.toJson());
      live += order.state().isLive() ? 1 : 0;
      spent = order.state().isPaid() ? spent.add(order.bid().price()) : spent;
    }
    JsonArray stock = new JsonArray();
    shelves.forEach((good, shelf) -> stock.add(shelf.toJson(good)));
    return new JsonObject()
        .put("balance", balance.toPlainString())
        .put("spent", spent.toPlainString())
        .put("live", live)
        .put("cancel_after_seconds", terms.noCancelBefore().toSeconds())
        .put("lifetime_seconds", terms.lifetime().toSeconds())
        .put("auto_codes", terms.codesComeIn())
        .put("stock", stock)
        .put("orders", sold);
  }
}
