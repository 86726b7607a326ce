package io.signalbox.provider.smsactivate;

import io.signalbox.provider.smsactivate.SmsActivateErrors.Effect;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalSearch;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks for the rental of an attempt in the list of those that live. The list has no reference of
 * ours: service, country and time tell which it may be.
 */
final class Search {
  private final SmsActivateConfig config;
  private final Activation activation;

  Search(SmsActivateConfig config) {
    this.config = config;
    this.activation = new Activation(config);
  }

  /** Those that may be it, the one that began nearest to the attempt first. */
  Answer<List<Rental>> found(Answered answer, RentalSearch search, Instant now) {
    if (Said.of(answer).is("NO_ACTIVATIONS")) {
      return new Answer.Done<>(List.of(), answer.evidence(null, null));
    }
    Optional<JsonArray> list =
        answer.successful()
            ? JsonBody.object(answer.body())
                .filter(body -> body.getValue("activeActivations") instanceof JsonArray)
                .map(body -> JsonBody.array(body, "activeActivations"))
            : Optional.empty();
    return list.isEmpty()
        ? SmsActivateErrors.of(answer, Effect.READS, config.currency(), now)
        : among(list.get(), answer, search, now);
  }

  private Answer<List<Rental>> among(
      JsonArray list, Answered answer, RentalSearch search, Instant now) {
    List<Rental> found = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      JsonObject json = JsonBody.object(list, i);
      if (isOf(search, json)) {
        Optional<Rental> rental = activation.rental(json, now);
        if (rental.isEmpty()) {
          // It may be the one, so that the list is no proof that there is none.
          return new Answer.Failed<>(
              new Outcome.Unknown(
                  answer.evidence("unreadable_rental", "a rental in the list cannot be read")));
        }
        rental.filter(one -> began(one, search)).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparing(rental -> distance(rental, search)));
    return new Answer.Done<>(List.copyOf(found), answer.evidence(null, null));
  }

  /** What the list leaves out cannot tell a rental from the one that is looked for. */
  private boolean isOf(RentalSearch search, JsonObject json) {
    String id = JsonBody.text(json, "activationId");
    String service = JsonBody.text(json, "serviceCode");
    String country = JsonBody.text(json, "countryCode");
    return (id == null || !search.known().contains(id))
        && (service == null
            || config.places().service(search.service()).filter(service::equals).isPresent())
        && (country == null
            || config.places().country(search.country()).filter(country::equals).isPresent());
  }

  private static boolean began(Rental rental, RentalSearch search) {
    Instant startedAt = rental.startedAt();
    return startedAt == null || startedAt.isAfter(search.attemptedAt().minus(Activation.CLOCKS));
  }

  private static Duration distance(Rental rental, RentalSearch search) {
    return rental.startedAt() == null
        ? ofNoTime()
        : Duration.between(search.attemptedAt(), Objects.requireNonNull(rental.startedAt())).abs();
  }

  /** Behind all whose time is known. */
  private static Duration ofNoTime() {
    return Duration.ofDays(1);
  }
}
