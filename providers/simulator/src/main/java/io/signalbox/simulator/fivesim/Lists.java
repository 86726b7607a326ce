package io.signalbox.simulator.fivesim;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.rental.Order;
import io.signalbox.simulator.rental.RentalBooks;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be read: products, prices, the customer's profile and orders. */
final class Lists {
  private static final String OPERATOR = "virtual21";
  private static final String ANY = "any";
  private static final int MOST_LISTED = 100;
  private static final int USUALLY_LISTED = 15;

  private final RentalBooks books;

  Lists(RentalBooks books) {
    this.books = books;
  }

  /** Whether numbers of an operator are sold. */
  static boolean isOperator(String operator) {
    return operator.equals(ANY) || operator.equals(OPERATOR);
  }

  /** The operator of all numbers. */
  static String operator() {
    return OPERATOR;
  }

  Answer products(String country, String operator) {
    if (!isOperator(operator)) {
      return FiveSimAnswers.text(400, "bad operator");
    }
    JsonObject found = new JsonObject();
    books
        .shelves()
        .forEach(
            (good, shelf) -> {
              if (good.country().equals(country)) {
                found.put(
                    good.service(),
                    new JsonObject()
                        .put("Category", "activation")
                        .put("Qty", shelf.count())
                        .put("Price", shelf.price()));
              }
            });
    return found.isEmpty() ? FiveSimAnswers.text(400, "bad country") : Answer.json(200, found);
  }

  /** By country and product, or the other way round if only a product is asked for. */
  Answer prices(@Nullable String country, @Nullable String product) {
    boolean productFirst = country == null && product != null;
    JsonObject found = new JsonObject();
    books
        .shelves()
        .forEach(
            (good, shelf) -> {
              if ((country == null || country.equals(good.country()))
                  && (product == null || product.equals(good.service()))) {
                String outer = productFirst ? good.service() : good.country();
                String inner = productFirst ? good.country() : good.service();
                JsonObject offer =
                    new JsonObject()
                        .put("cost", shelf.price())
                        .put("count", shelf.count())
                        .put("rate", 99.99);
                JsonObject inside = Fields.object(found, outer);
                found.put(outer, inside.put(inner, new JsonObject().put(OPERATOR, offer)));
              }
            });
    return Answer.json(200, found);
  }

  Answer profile() {
    return Answer.json(
        200,
        new JsonObject()
            .put("id", 1)
            .put("email", "mail@example.com")
            .put("vendor", "demo")
            .put("default_forwarding_number", "")
            .put("balance", books.balance())
            .put("rating", 96)
            .put(
                "default_country",
                new JsonObject().put("name", "england").put("iso", "gb").put("prefix", "+44"))
            .put("default_operator", new JsonObject().put("name", ""))
            .put("frozen_balance", 0));
  }

  /** Activations, the newest first if {@code reverse} is true; there are no other orders. */
  Answer orders(Map<String, List<String>> query) {
    List<Order> all = new ArrayList<>();
    if ("activation".equals(Fields.first(query, "category"))) {
      all.addAll(books.newestFirst());
    }
    if (!"true".equals(Fields.first(query, "reverse"))) {
      Collections.reverse(all);
    }
    int limit = Math.min(MOST_LISTED, whole(Fields.first(query, "limit"), USUALLY_LISTED));
    int offset = whole(Fields.first(query, "offset"), 0);
    JsonArray page = new JsonArray();
    all.stream().skip(offset).limit(limit).forEach(order -> page.add(FiveSimAnswers.json(order)));
    return Answer.json(
        200,
        new JsonObject()
            .put("Data", page)
            .put("ProductNames", new JsonArray())
            .put("Statuses", new JsonArray())
            .put("Total", all.size()));
  }

  private static int whole(@Nullable String text, int otherwise) {
    try {
      return text == null ? otherwise : Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException noNumber) {
      return otherwise;
    }
  }
}
