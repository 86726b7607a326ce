package io.signalbox.provider.smsactivate;

import io.signalbox.provider.smsactivate.SmsActivateErrors.Effect;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.OfferWish;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls that ask for stock and prices, one after another: one for each country, for all of them
 * in one answer would be longer than any that is read, and one for the free prices of each service.
 */
final class OfferCalls {
  /** Makes one call, whatever it is for, and says what became of it. */
  interface Caller {
    Future<Answer<JsonObject>> call(HttpCall call, Function<Answered, Answer<JsonObject>> meaning);
  }

  private record Step(FormBody parameters, @Nullable String freePricesOf) {}

  private final SmsActivateConfig config;
  private final Call calls;
  private final Caller caller;
  private final InstantSource clock;

  OfferCalls(SmsActivateConfig config, Caller caller, InstantSource clock) {
    this.config = config;
    this.calls = new Call(config);
    this.caller = caller;
    this.clock = clock;
  }

  /** What there is of what is wished; nothing if the service cannot be asked for it. */
  Future<Answer<List<NumberOffer>>> ask(OfferWish wish) {
    List<Step> steps = steps(wish);
    Evidence nothingAsked =
        Evidence.unanswered(Progress.NOT_CONNECTED, "not_offered", "no call was needed");
    return next(steps, 0, new Offers(config), nothingAsked, clock.instant().plus(wish.timeout()));
  }

  private Future<Answer<List<NumberOffer>>> next(
      List<Step> steps, int index, Offers offers, Evidence last, Instant deadline) {
    if (index == steps.size()) {
      return Future.succeededFuture(new Answer.Done<>(offers.all(), last));
    }
    Duration left = Duration.between(clock.instant(), deadline);
    if (left.isNegative() || left.isZero()) {
      return Future.succeededFuture(
          new Answer.Failed<>(
              new Outcome.Transient(
                  Evidence.unanswered(
                      Progress.NOT_CONNECTED, "timeout", "no time was left for all questions"))));
    }
    Step step = steps.get(index);
    return caller
        .call(calls.of(step.parameters(), left), told -> read(told, step))
        .compose(
            answer -> {
              // Without free prices the fixed ones are worth telling.
              if (answer instanceof Answer.Failed<JsonObject> failed
                  && step.freePricesOf() == null) {
                return Future.succeededFuture(new Answer.Failed<>(failed.outcome()));
              }
              if (answer instanceof Answer.Done<JsonObject> done) {
                add(offers, step, done.value());
              }
              return next(steps, index + 1, offers, answer.evidence(), deadline);
            });
  }

  private static void add(Offers offers, Step step, JsonObject told) {
    if (step.freePricesOf() == null) {
      offers.addPrices(told);
    } else {
      offers.addFreePrices(step.freePricesOf(), told);
    }
  }

  private List<Step> steps(OfferWish wish) {
    Optional<String> service =
        Optional.ofNullable(wish.service()).flatMap(config.places()::service);
    Optional<String> country =
        Optional.ofNullable(wish.country()).flatMap(config.places()::country);
    boolean unknown =
        (wish.service() != null && service.isEmpty())
            || (wish.country() != null && country.isEmpty());
    List<Step> steps = new ArrayList<>();
    if (unknown) {
      return steps;
    }
    for (String one : country.map(List::of).orElseGet(this::allCountries)) {
      FormBody prices = calls.action("getPrices").with("country", one);
      steps.add(new Step(service.map(name -> prices.with("service", name)).orElse(prices), null));
    }
    if (config.freePrice()) {
      for (String one : service.map(List::of).orElseGet(this::allServices)) {
        FormBody top = calls.action("getTopCountriesByService").with("service", one);
        steps.add(new Step(top.with("freePrice", "true"), one));
      }
    }
    return steps;
  }

  private List<String> allCountries() {
    return List.copyOf(new TreeSet<>(config.places().countries().values()));
  }

  private List<String> allServices() {
    return List.copyOf(config.places().knownServices());
  }

  /**
   * An empty list is what some languages make of an empty object; a list of entries is good where
   * each says its country. What is not all of objects, such as an error, tells no offers.
   */
  private Answer<JsonObject> read(Answered answer, Step step) {
    Optional<JsonObject> told =
        answer.successful()
            ? JsonBody.object(answer.body())
                .or(
                    () ->
                        JsonBody.array(answer.body())
                            .filter(list -> list.isEmpty() || step.freePricesOf() != null)
                            .map(OfferCalls::byPlace))
                .filter(json -> json.fieldNames().stream().allMatch(key -> isObject(json, key)))
            : Optional.empty();
    return told.<Answer<JsonObject>>map(
            json -> new Answer.Done<>(json, answer.evidence(null, null)))
        .orElseGet(
            () -> SmsActivateErrors.of(answer, Effect.READS, config.currency(), clock.instant()));
  }

  /** With keys that are no countries. */
  private static JsonObject byPlace(JsonArray list) {
    JsonObject entries = new JsonObject();
    for (int place = 0; place < list.size(); place++) {
      entries.put("#" + place, list.getValue(place));
    }
    return entries;
  }

  private static boolean isObject(JsonObject json, String key) {
    return json.getValue(key) instanceof JsonObject;
  }
}
