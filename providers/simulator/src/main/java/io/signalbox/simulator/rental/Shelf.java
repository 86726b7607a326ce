package io.signalbox.simulator.rental;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many numbers of one good are free, and at what price.
 *
 * @param price what one costs at the fixed price
 * @param count how many are free at the fixed price
 * @param freePrices how many are free at each price that the customer may bid up to
 */
public record Shelf(BigDecimal price, int count, NavigableMap<BigDecimal, Integer> freePrices) {

  /** Copies the map. */
  public Shelf {
    freePrices = Collections.unmodifiableNavigableMap(new TreeMap<>(freePrices));
  }

  /**
   * At what price one is to be had; empty if none is.
   *
   * @param limit the most that may be paid; null for no limit
   * @param free whether any price up to the limit will do
   */
  Optional<Bid> offer(@Nullable BigDecimal limit, boolean free) {
    if (!free) {
      return count > 0 && isWithin(price, limit)
          ? Optional.of(new Bid(price, false))
          : Optional.empty();
    }
    return freePrices.entrySet().stream()
        .filter(entry -> entry.getValue() > 0 && isWithin(entry.getKey(), limit))
        .findFirst()
        .map(entry -> new Bid(entry.getKey(), true));
  }

  /** With some more at a price; with fewer if the number is negative. */
  Shelf with(Bid bid, int more) {
    if (!bid.isFree()) {
      return new Shelf(price, count + more, freePrices);
    }
    NavigableMap<BigDecimal, Integer> changed = new TreeMap<>(freePrices);
    changed.merge(bid.price(), more, Integer::sum);
    return new Shelf(price, count, changed);
  }

  /** The form in which the books show it. */
  JsonObject toJson(Good good) {
    JsonObject free = new JsonObject();
    freePrices.forEach((at, number) -> free.put(at.toPlainString(), number));
    return new JsonObject()
        .put("country", good.country())
        .put("service", good.service())
        .put("price", price.toPlainString())
        .put("count", count)
        .put("free_prices", free);
  }

  private static boolean isWithin(BigDecimal price, @Nullable BigDecimal limit) {
    return limit == null || price.compareTo(limit) <= 0;
  }
}
