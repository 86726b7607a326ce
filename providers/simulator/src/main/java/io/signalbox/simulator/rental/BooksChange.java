package io.signalbox.simulator.rental;

import io.signalbox.simulator.core.SettingsProblem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a control call that changes books.
 *
 * @param balance the customer's money afterwards
 * @param terms afterwards
 * @param stock the shelves that change
 * @param codes messages that are to come in now
 * @param problems everything that is wrong with the call; nothing may be changed if there are any
 */
record BooksChange(
    BigDecimal balance,
    Terms terms,
    Map<Good, Shelf> stock,
    List<SentCode> codes,
    List<SettingsProblem> problems) {

  /**
   * A message that is to come in.
   *
   * @param order at whose number
   * @param code in it; null for one by chance
   */
  record SentCode(Order order, @Nullable String code) {}

  static BooksChange of(RentalBooks books, JsonObject body) {
    return new Reader(books, body, new ArrayList<>()).read();
  }

  private record Reader(RentalBooks books, JsonObject body, List<SettingsProblem> problems) {
    private static final Set<String> FIELDS =
        new TreeSet<>(
            List.of(
                "balance",
                "cancel_after_seconds",
                "lifetime_seconds",
                "auto_codes",
                "stock",
                "receive"));
    private static final String AMOUNT = "must be an amount of money from 0";
    private static final String COUNT = "must be a whole number from 0";
    private static final int MAX_SECONDS = 86_400;

    BooksChange read() {
      for (String name : body.fieldNames()) {
        if (!FIELDS.contains(name)) {
          problem("/" + name, "unknown field; known are " + String.join(", ", FIELDS));
        }
      }
      BigDecimal balance = amount(body, "", "balance", books.balance());
      Terms before = books.terms();
      Terms terms =
          new Terms(
              seconds("lifetime_seconds", before.lifetime()),
              seconds("cancel_after_seconds", before.noCancelBefore()),
              flag("auto_codes", before.codesComeIn()));
      Map<Good, Shelf> stock = new LinkedHashMap<>();
      List<JsonObject> shelves = objects("stock");
      for (int i = 0; i < shelves.size(); i++) {
        shelf(stock, shelves.get(i), "/stock/" + i);
      }
      List<SentCode> codes = new ArrayList<>();
      List<JsonObject> receive = objects("receive");
      for (int i = 0; i < receive.size(); i++) {
        code(codes, receive.get(i), "/receive/" + i);
      }
      return new BooksChange(balance, terms, stock, codes, problems);
    }

    private void shelf(Map<Good, Shelf> stock, JsonObject entry, String at) {
      if (!(entry.getValue("country") instanceof String country)
          || !(entry.getValue("service") instanceof String service)) {
        problem(at, "must name country and service, in the provider's own words");
        return;
      }
      Good good = new Good(country, service);
      Shelf old = books.shelves().get(good);
      if (old == null && !entry.containsKey("price")) {
        problem(at + "/price", AMOUNT);
        return;
      }
      Shelf before = old == null ? new Shelf(BigDecimal.ZERO, 0, new TreeMap<>()) : old;
      stock.put(
          good,
          new Shelf(
              amount(entry, at, "price", before.price()),
              count(entry.getValue("count", before.count()), at + "/count"),
              freePrices(entry, at, before.freePrices())));
    }

    private NavigableMap<BigDecimal, Integer> freePrices(
        JsonObject entry, String at, NavigableMap<BigDecimal, Integer> before) {
      if (!entry.containsKey("free_prices")) {
        return before;
      }
      NavigableMap<BigDecimal, Integer> prices = new TreeMap<>();
      if (entry.getValue("free_prices") instanceof JsonObject given) {
        for (String price : given.fieldNames()) {
          BigDecimal amount = amount(price);
          if (amount == null) {
            problem(at + "/free_prices", "must name amounts of money");
          } else {
            prices.put(amount, count(given.getValue(price), at + "/free_prices/" + price));
          }
        }
      } else {
        problem(at + "/free_prices", "must be an object of price and number");
      }
      return prices;
    }

    private void code(List<SentCode> codes, JsonObject entry, String at) {
      Order order = null;
      if (entry.getValue("id") instanceof String id && id.matches("[0-9]{1,18}")) {
        order = books.find(Long.parseLong(id)).filter(o -> o.state().isLive()).orElse(null);
      }
      Object code = entry.getValue("code");
      if (order == null) {
        problem(at + "/id", "must be the id of an order that lives, as text");
      } else if (code != null && !(code instanceof String)) {
        problem(at + "/code", "must be text, or be left out for one by chance");
      } else {
        codes.add(new SentCode(order, (String) code));
      }
    }

    private List<JsonObject> objects(String name) {
      List<JsonObject> found = new ArrayList<>();
      if (body.getValue(name) instanceof JsonArray array) {
        array.forEach(
            entry -> found.add(entry instanceof JsonObject object ? object : new JsonObject()));
      } else if (body.containsKey(name)) {
        problem("/" + name, "must be an array of objects");
      }
      return found;
    }

    private BigDecimal amount(JsonObject from, String at, String name, BigDecimal otherwise) {
      if (!from.containsKey(name)) {
        return otherwise;
      }
      BigDecimal amount = amount(String.valueOf(from.getValue(name)));
      if (amount == null) {
        problem(at + "/" + name, AMOUNT);
        return otherwise;
      }
      return amount;
    }

    private static @Nullable BigDecimal amount(String text) {
      return text.matches("[0-9]{1,12}(\\.[0-9]{1,6})?") ? new BigDecimal(text) : null;
    }

    private int count(@Nullable Object value, String at) {
      if (value instanceof Integer number && number >= 0) {
        return number;
      }
      problem(at, COUNT);
      return 0;
    }

    private Duration seconds(String name, Duration otherwise) {
      if (!body.containsKey(name)) {
        return otherwise;
      }
      if (body.getValue(name) instanceof Integer number && number >= 0 && number <= MAX_SECONDS) {
        return Duration.ofSeconds(number);
      }
      problem("/" + name, COUNT + " to " + MAX_SECONDS);
      return otherwise;
    }

    private boolean flag(String name, boolean otherwise) {
      if (!body.containsKey(name)) {
        return otherwise;
      }
      if (body.getValue(name) instanceof Boolean flag) {
        return flag;
      }
      problem("/" + name, "must be true or false");
      return otherwise;
    }

    private void problem(String pointer, String detail) {
      problems.add(new SettingsProblem(pointer, detail));
    }
  }
}
