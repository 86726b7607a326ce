package io.signalbox.gateway.api;

import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.offers.OfferText;
import io.signalbox.gateway.rental.RentWish;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads which number is wanted, of a body that the document allows. */
final class RentBody {
  private static final int MAX_DECIMALS = 6;
  private static final BigDecimal MOST = new BigDecimal("1000000");

  private final Predicate<String> isProvider;
  private final List<FieldProblem> problems = new ArrayList<>();

  private RentBody(Predicate<String> isProvider) {
    this.isProvider = isProvider;
  }

  /**
   * Reads a body.
   *
   * @param isProvider whether there is a number provider of an id
   * @throws InvalidBodyException for mistakes in it
   */
  static RentWish read(JsonObject body, Predicate<String> isProvider) {
    RentBody reader = new RentBody(isProvider);
    RentWish wish = reader.read(body);
    if (!reader.problems.isEmpty()) {
      throw new InvalidBodyException("the wish has mistakes", reader.problems);
    }
    return wish;
  }

  private RentWish read(JsonObject body) {
    // Callers of other channels write countries in either case.
    String country = body.getString("country", "").toLowerCase(Locale.ROOT);
    if (!OfferText.isCountry(country)) {
      problem("/country", "must be two letters of ISO 3166-1, such as us");
    }
    String service = body.getString("service", "");
    if (!OfferText.isService(service)) {
      problem("/service", "must be 1 to 40 of a-z 0-9 _ -, such as wa");
    }
    String provider = body.getString("provider");
    if (provider != null && !isProvider.test(provider)) {
      problem("/provider", "must be the id of a provider of numbers");
    }
    return new RentWish(
        country, service, price(body.getValue("max_price")), provider, body.getString("policy"));
  }

  private @Nullable BigDecimal price(@Nullable Object given) {
    if (!(given instanceof Number number)) {
      return null;
    }
    BigDecimal price = new BigDecimal(number.toString()).stripTrailingZeros();
    if (price.signum() <= 0 || price.compareTo(MOST) > 0 || price.scale() > MAX_DECIMALS) {
      problem("/max_price", "must be over 0, at most 1000000, with at most 6 decimals");
      return null;
    }
    return price;
  }

  private void problem(String pointer, String detail) {
    problems.add(new FieldProblem(pointer, detail));
  }
}
