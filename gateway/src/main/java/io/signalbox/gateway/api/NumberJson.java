package io.signalbox.gateway.api;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationFilter;
import io.signalbox.gateway.ledger.OperationResult;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;

/** The JSON form of rented numbers, and of rents that have no number yet. */
final class NumberJson {
  private static final List<String> WISHES = List.of("country", "service", "policy");

  private NumberJson() {}

  /** All of one. */
  static JsonObject write(Operation operation) {
    return OperationView.explain(summary(operation), operation);
  }

  /** The same without who was tried and why. */
  static JsonObject summary(Operation operation) {
    JsonObject json = OperationView.write(operation);
    JsonObject wish = operation.request();
    for (String name : WISHES) {
      if (wish.getString(name) != null) {
        json.put(name, wish.getString(name));
      }
    }
    String maxPrice = wish.getString("max_price");
    if (maxPrice != null) {
      json.put("max_price", new BigDecimal(maxPrice).doubleValue());
    }
    OperationResult result = operation.result();
    if (result != null) {
      json.put("provider", result.provider()).put("provider_rental_id", result.providerId());
      JsonObject shown = result.value().copy();
      shown.remove("polls");
      json.mergeIn(shown);
    }
    return json;
  }

  /** A page of a list. */
  static JsonObject page(OperationFilter.Page page) {
    JsonArray list = new JsonArray();
    page.found().forEach(operation -> list.add(summary(operation)));
    JsonObject json = new JsonObject().put("numbers", list);
    return page.next() == null ? json : json.put("next", page.next().toString());
  }
}
