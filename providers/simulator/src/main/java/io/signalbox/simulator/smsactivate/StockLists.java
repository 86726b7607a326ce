package io.signalbox.simulator.smsactivate;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.rental.Good;
import io.signalbox.simulator.rental.RentalBooks;
import io.signalbox.simulator.rental.Shelf;
import io.vertx.core.json.JsonObject;
import java.util.function.BiConsumer;

/** The calls that tell what there is to rent, and at what price. */
final class StockLists {
  private final RentalBooks books;

  StockLists(RentalBooks books) {
    this.books = books;
  }

  /** {@code getNumbersStatus}: how many there are of each service, without call forwarding. */
  Answer numbers(Query query) {
    JsonObject found = new JsonObject();
    String country = query.get("country");
    String wanted = country == null ? SmsActivateApi.DEFAULT_COUNTRY : country;
    books
        .shelves()
        .forEach(
            (good, shelf) -> {
              if (good.country().equals(wanted)) {
                found.put(good.service() + "_0", shelf.count());
              }
            });
    return Answer.json(200, found);
  }

  /** {@code getPrices}: by country and service. */
  Answer prices(Query query) {
    JsonObject found = new JsonObject();
    eachWanted(
        query,
        (good, shelf) -> {
          JsonObject country = found.getJsonObject(good.country(), new JsonObject());
          JsonObject price =
              new JsonObject()
                  .put("cost", shelf.price())
                  .put("count", shelf.count())
                  .put("physicalCount", shelf.count());
          found.put(good.country(), country.put(good.service(), price));
        });
    return Answer.json(200, found);
  }

  /** {@code getTopCountriesByService}: the prices of one service that may be bid up to. */
  Answer freePrices(Query query) {
    if (query.get("service") == null) {
      return Texts.of("BAD_SERVICE");
    }
    boolean free = "true".equals(query.get("freePrice"));
    JsonObject found = new JsonObject();
    eachWanted(
        query,
        (good, shelf) -> {
          JsonObject prices = new JsonObject();
          shelf.freePrices().forEach((price, count) -> prices.put(price.toPlainString(), count));
          JsonObject country =
              new JsonObject()
                  .put("country", Texts.country(good.country()))
                  .put("count", shelf.count())
                  .put("price", shelf.price())
                  .put("retail_price", shelf.price());
          found.put(good.country(), free ? country.put("freePriceMap", prices) : country);
        });
    return Answer.json(200, found);
  }

  private void eachWanted(Query query, BiConsumer<Good, Shelf> listed) {
    books
        .shelves()
        .forEach(
            (good, shelf) -> {
              if (query.isWanted(good)) {
                listed.accept(good, shelf);
              }
            });
  }
}
