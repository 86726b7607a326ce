package io.signalbox.provider.fivesim;

import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalSearch;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Goes through the pages of 5sim's list of orders for those that an attempt may have made: of its
 * country and service, begun since, still ours, and nobody else's. Orders that are bought meanwhile
 * move the others to later places, so that one may be seen twice and none is missed.
 */
final class OrderSearch {
  /** Orders a page. */
  static final int PAGE = 100;

  /** Most pages that are looked through. */
  static final int MAX_PAGES = 50;

  /**
   * How far 5sim's clock may be behind ours. Rather too much: what is older than the attempt and
   * has an owner is known, and what is left out stays rented.
   */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(10);

  private static final Duration FAR = Duration.ofDays(36_500);

  private final RentalSearch wanted;
  private final String country;
  private final String product;
  private final String currency;
  private final Instant since;
  private final List<Rental> found = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private boolean newestFirst = true;
  private boolean olderSeen;
  private int offset;
  private int pages;

  /**
   * Before the first page.
   *
   * @param country in 5sim's words
   * @param product in 5sim's words
   * @param currency what prices are counted in
   */
  OrderSearch(RentalSearch wanted, String country, String product, String currency) {
    this.wanted = wanted;
    this.country = country;
    this.product = product;
    this.currency = currency;
    this.since = wanted.attemptedAt().minus(CLOCKS_APART);
  }

  /** What follows a page. */
  enum Next {
    /** The next page must be read. */
    MORE,
    /** Everything was seen that could be it. */
    DONE,
    /** The page is none. */
    UNREADABLE,
    /** There are more orders than can be looked through. */
    TOO_MANY
  }

  /** Where the next page begins. */
  int offset() {
    return offset;
  }

  /** Reads a page. */
  Next read(JsonObject page) {
    if (!(page.getValue("Data") instanceof JsonArray data)) {
      return Next.UNREADABLE;
    }
    long lastId = Long.MAX_VALUE;
    for (int index = 0; index < data.size(); index++) {
      JsonObject entry = JsonBody.object(data, index);
      FiveSimOrder order = FiveSimOrder.read(entry, currency).orElse(null);
      if (order != null) {
        newestFirst &= order.id() <= lastId;
        lastId = order.id();
        look(order);
      } else if (isAlike(entry)) {
        return Next.UNREADABLE;
      }
    }
    offset += data.size();
    pages++;
    OptionalLong total = JsonBody.integer(page, "Total");
    boolean last = data.isEmpty() || (total.isPresent() && offset >= total.getAsLong());
    if (last || (olderSeen && newestFirst)) {
      return Next.DONE;
    }
    return pages < MAX_PAGES ? Next.MORE : Next.TOO_MANY;
  }

  /** What was found so far, that begun next to the attempt first. */
  List<Rental> found() {
    return found.stream().sorted(Comparator.comparing(this::distance)).toList();
  }

  /** Whether an order that cannot be read may be the very one that is looked for. */
  private boolean isAlike(JsonObject entry) {
    Instant startedAt = FiveSimOrder.time(JsonBody.text(entry, "created_at"));
    return (startedAt == null || !startedAt.isBefore(since))
        && country.equals(JsonBody.text(entry, "country"))
        && product.equals(JsonBody.text(entry, "product"));
  }

  private void look(FiveSimOrder order) {
    Instant startedAt = order.startedAt();
    if (startedAt != null && startedAt.isBefore(since)) {
      olderSeen = true;
      return;
    }
    Rental rental = order.rental();
    if (order.country().equals(country)
        && order.product().equals(product)
        && order.status().state().isLive()
        && !wanted.known().contains(rental.id())
        && seen.add(rental.id())) {
      found.add(rental);
    }
  }

  private Duration distance(Rental rental) {
    Instant startedAt = rental.startedAt();
    return startedAt == null ? FAR : Duration.between(wanted.attemptedAt(), startedAt).abs();
  }
}
