package io.signalbox.provider.fivesim;

import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.OfferWish;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.NotSent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads what there is to rent: one list of products for each country. */
final class Offers {
  /** The category of numbers for one activation; others are rented by the day. */
  private static final String ACTIVATION = "activation";

  private final FiveSimConfig config;
  private final FiveSimCalls calls;

  Offers(FiveSimConfig config, FiveSimCalls calls) {
    this.config = config;
    this.calls = calls;
  }

  /**
   * The lists of all countries that have a name here, one after the other, unless one is wished.
   */
  Future<Answer<List<NumberOffer>>> read(OfferWish wish) {
    String country = wish.country();
    List<String> countries = country == null ? config.names().countries() : List.of(country);
    Answer<List<NumberOffer>> nothing =
        new Answer.Done<>(List.of(), NotSent.evidence("unnamed_country", "no name is known"));
    Instant deadline = calls.deadline(wish.timeout());
    Future<Answer<List<NumberOffer>>> all = Future.succeededFuture(nothing);
    for (String each : countries) {
      String name = config.names().country(each).orElse(null);
      if (name != null) {
        all = all.compose(before -> more(before, each, name, wish.service(), deadline));
      }
    }
    return all;
  }

  private Future<Answer<List<NumberOffer>>> more(
      Answer<List<NumberOffer>> before,
      String country,
      String name,
      @Nullable String service,
      Instant deadline) {
    if (!(before instanceof Answer.Done<List<NumberOffer>> done)) {
      return Future.succeededFuture(before);
    }
    return calls.ask(
        calls.guest("/products/" + name + "/" + config.operator(), calls.left(deadline)),
        answer -> {
          JsonObject products =
              answer.successful() ? JsonBody.object(answer.body()).orElse(null) : null;
          if (products == null) {
            // One country that has nothing, or not of this operator, leaves the others as they are.
            return FiveSimErrors.isNotOffered(answer)
                ? before
                : FiveSimErrors.ofRead(answer, calls.time());
          }
          List<NumberOffer> offers = new ArrayList<>(done.value());
          for (String product : products.fieldNames()) {
            add(offers, country, product, JsonBody.object(products, product), service);
          }
          return new Answer.Done<>(List.copyOf(offers), answer.evidence(null, null));
        });
  }

  private void add(
      List<NumberOffer> offers,
      String country,
      String product,
      JsonObject entry,
      @Nullable String service) {
    OptionalLong stock = JsonBody.integer(entry, "Qty");
    if (ACTIVATION.equals(JsonBody.text(entry, "Category"))
        && stock.isPresent()
        && stock.getAsLong() >= 0) {
      for (String word : words(product, service)) {
        offers.add(
            new NumberOffer(
                country,
                word,
                (int) Math.min(stock.getAsLong(), Integer.MAX_VALUE),
                FiveSimOrder.price(JsonBody.text(entry, "Price"), config.currency()),
                null));
      }
    }
  }

  private List<String> words(String product, @Nullable String service) {
    if (service == null) {
      return config.names().words(product);
    }
    boolean wanted = config.names().service(service).filter(product::equals).isPresent();
    return wanted ? List.of(service) : List.of();
  }
}
