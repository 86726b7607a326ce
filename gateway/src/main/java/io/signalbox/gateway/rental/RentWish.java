package io.signalbox.gateway.rental;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Which number is wanted.
 *
 * @param country ISO 3166-1 alpha-2, two small letters
 * @param service for what: the word that callers use, such as {@code wa}
 * @param maxPrice the most that may be paid, in the currency {@code numbers.currency}; null for no
 *     limit
 * @param provider the only provider to ask; null for any
 * @param policy the name of the score policy; null for what is preferred
 */
public record RentWish(
    String country,
    String service,
    @Nullable BigDecimal maxPrice,
    @Nullable String provider,
    @Nullable String policy) {

  /** As it is stored; amounts as text, so that they stay what they are. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("country", country).put("service", service);
    if (maxPrice != null) {
      json.put("max_price", maxPrice.toPlainString());
    }
    if (provider != null) {
      json.put("provider", provider);
    }
    if (policy != null) {
      json.put("policy", policy);
    }
    return json;
  }

  /** Reads what {@link #toJson} wrote. */
  public static RentWish of(JsonObject json) {
    String maxPrice = json.getString("max_price");
    return new RentWish(
        json.getString("country"),
        json.getString("service"),
        maxPrice == null ? null : new BigDecimal(maxPrice),
        json.getString("provider"),
        json.getString("policy"));
  }
}
