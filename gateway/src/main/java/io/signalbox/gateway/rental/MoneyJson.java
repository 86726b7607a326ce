package io.signalbox.gateway.rental;

import io.signalbox.spi.operation.Price;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Amounts of money in JSON: numbers of at most six decimals, which a double holds exactly enough.
 */
final class MoneyJson {
  private MoneyJson() {}

  static JsonObject write(Price price) {
    return new JsonObject()
        .put("amount", price.amount().doubleValue())
        .put("currency", price.currency());
  }

  static @Nullable Price read(@Nullable JsonObject json) {
    return json == null
        ? null
        : new Price(
            new BigDecimal(String.valueOf(json.getDouble("amount"))).stripTrailingZeros(),
            json.getString("currency"));
  }
}
