package io.signalbox.provider.smsactivate;

import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.Price;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects stock and prices from several answers, and writes them in the words of callers. What the
 * service has under words that nobody configured is under its own; countries that nobody configured
 * are left out.
 */
final class Offers {
  private final SmsActivateConfig config;
  private final Map<Good, Stock> stocks = new HashMap<>();
  private final Map<Good, Stock> freeStocks = new HashMap<>();

  /** What can be rented, as the service names it. */
  private record Good(String country, String service) {}

  private record Stock(int count, Optional<BigDecimal> price) {}

  Offers(SmsActivateConfig config) {
    this.config = config;
  }

  /** Takes an answer to {@code getPrices}: country, service, then cost and count. */
  void addPrices(JsonObject countries) {
    for (String country : countries.fieldNames()) {
      JsonObject services = JsonBody.object(countries, country);
      for (String service : services.fieldNames()) {
        JsonObject one = JsonBody.object(services, service);
        stocks.put(
            new Good(country, service),
            new Stock(
                Values.count(JsonBody.text(one, "count")),
                Values.amount(JsonBody.text(one, "cost"))));
      }
    }
  }

  /**
   * Takes an answer to {@code getTopCountriesByService}: how many there are at each price. Which
   * country that is the entry says; its key is only a place in the list at some services.
   */
  void addFreePrices(String service, JsonObject countries) {
    for (String key : countries.fieldNames()) {
      JsonObject entry = JsonBody.object(countries, key);
      String said = JsonBody.text(entry, "country");
      String country = said == null ? key : said;
      JsonObject prices = JsonBody.object(entry, "freePriceMap");
      int count = 0;
      BigDecimal lowest = null;
      for (String text : prices.fieldNames()) {
        int some = Values.count(JsonBody.text(prices, text));
        Optional<BigDecimal> price = Values.amount(text);
        if (some > 0 && price.isPresent()) {
          count = (int) Math.min(Integer.MAX_VALUE, (long) count + some);
          lowest = lowest == null ? price.get() : lowest.min(price.get());
        }
      }
      freeStocks.put(new Good(country, service), new Stock(count, Optional.ofNullable(lowest)));
    }
  }

  /** All that was collected. The stock is what is to be had in either way. */
  List<NumberOffer> all() {
    Map<Good, Stock> goods = new HashMap<>(freeStocks);
    goods.putAll(stocks);
    List<NumberOffer> offers = new ArrayList<>();
    for (Good good : goods.keySet()) {
      Stock fixed = stocks.getOrDefault(good, new Stock(0, Optional.empty()));
      Stock free = freeStocks.getOrDefault(good, new Stock(0, Optional.empty()));
      for (String country : config.places().countriesOf(good.country())) {
        for (String word : config.places().wordsOf(good.service())) {
          offers.add(
              new NumberOffer(
                  country,
                  word,
                  Math.max(fixed.count(), free.count()),
                  fixed.price().map(this::price).orElse(null),
                  free.price().map(this::price).orElse(null)));
        }
      }
    }
    return List.copyOf(offers);
  }

  private Price price(BigDecimal amount) {
    return new Price(amount, config.currency());
  }
}
