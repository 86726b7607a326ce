package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.NumberProvider;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalSearch;
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The facts that a provider of rented numbers gives to {@link BaseNumberProviderTest}: what its API
 * is asked and answers, as its documents have it. Besides these it gives those of {@link
 * BaseOperationTest} and of {@link BaseProviderTest}.
 */
public abstract class BaseRenterTest extends BaseOperationTest<NumberProvider> {
  /** What is to be rented, without a limit of the price; see {@link SampleRentals}. */
  protected abstract RentRequest request();

  /** What the API answers to it; the kit's clock then stands at {@link #NOW}. */
  protected abstract Reply rented();

  /** What that answer says. */
  protected abstract Rental expected();

  /** Compares what was sent with what the API's documents ask for. */
  protected abstract void assertRentedOnTheWire(SeenRequest seen, RentRequest request);

  /** The documented ways to say that there is nothing of the kind to rent. */
  protected abstract List<ShortageCase> shortages();

  /** A list with the rental of {@link #expected()}, of the request's country and service. */
  protected abstract Reply list();

  /**
   * What {@link NumberProvider#findRentals} makes of the rental in {@link #list()}; another than
   * {@link #expected()} only where the list tells less than the answer to the request.
   */
  protected Rental expectedInList() {
    return expected();
  }

  /** The answer if there is no rental. */
  protected abstract Reply emptyList();

  /** The same rental, but of another service, and once more, but of another country. */
  protected abstract List<Reply> listsOfOthers();

  /** When the rental of {@link #list()} began. */
  protected abstract Instant listedSince();

  /** Compares the question for the list with what the API's documents ask for. */
  protected abstract void assertListedOnTheWire(SeenRequest seen);

  /** Every documented state of a rental, and what it means. */
  protected abstract List<StatusCase> statuses();

  /** The documented answer about a rental that there is not. */
  protected abstract Reply notFound();

  /** Compares the question for the state with what the API's documents ask for. */
  protected abstract void assertAskedOnTheWire(SeenRequest seen);

  /** The answer to a change that is done. */
  protected abstract Reply changed(RentalChange change);

  /** How the rental stands according to that answer. */
  protected abstract RentalState stateAfter(RentalChange change);

  /** Compares what was sent with what the API's documents ask for. */
  protected abstract void assertChangedOnTheWire(SeenRequest seen, RentalChange change);

  /** The documented answers to a cancellation that will be taken later; empty if there are none. */
  protected abstract List<Reply> tooEarly();

  /** Answers to the question for offers, by what is asked if it is asked for more than once. */
  protected abstract Reply offered(SeenRequest seen);

  /** What these answers say about the request's country and service. */
  protected abstract List<NumberOffer> expectedOffers();

  /** Statuses that never are an answer to a question. */
  protected IntStream errorStatuses() {
    return IntStream.of(302, 401, 403, 429, 500, 502, 503, 504);
  }

  @Override
  protected final Map<String, Call<NumberProvider>> calls() {
    Map<String, Call<NumberProvider>> calls = new TreeMap<>();
    calls.put(deed(), deed(TIMEOUT));
    calls.put("find", provider -> provider.findRentals(search()));
    calls.put("status", provider -> provider.rentalStatus(expected().id(), TIMEOUT));
    for (RentalChange change : RentalChange.values()) {
      calls.put(
          change.wireName(), provider -> provider.changeRental(expected().id(), change, TIMEOUT));
    }
    calls.put("offers", provider -> provider.offers(SampleRentals.wish(request())));
    return calls;
  }

  @Override
  final String deed() {
    return "rent";
  }

  @Override
  final Call<NumberProvider> deed(Duration timeout) {
    return provider -> provider.rent(SampleRentals.withTimeout(request(), timeout));
  }

  @Override
  final Reply success() {
    return rented();
  }

  @Override
  final List<Reply> goodAnswers() {
    List<Reply> good = new ArrayList<>(List.of(rented(), list(), notFound()));
    statuses().forEach(status -> good.add(status.reply()));
    return good;
  }

  /** The number, with the plus and without it, and every code that came in. */
  @Override
  final List<String> personalData() {
    List<String> personal =
        new ArrayList<>(List.of(expected().number(), expected().number().substring(1)));
    statuses().stream()
        .flatMap(status -> status.status().messages().stream())
        .flatMap(message -> Optional.ofNullable(message.code()).stream())
        .forEach(personal::add);
    return personal;
  }

  /** Keys too: they stand in the URL at some, which an error may quote. */
  @Override
  final List<String> quoted() {
    List<String> quoted = new ArrayList<>(personalData());
    quoted.addAll(secrets());
    return quoted;
  }

  final RentalSearch search() {
    return SampleRentals.search(request(), listedSince(), Set.of());
  }

  /** What the provider says of the state. */
  protected final Answer<Optional<RentalStatus>> status(HostedProvider provider, String id) {
    return ask(provider, renter -> renter.rentalStatus(id, TIMEOUT));
  }

  /** What the provider makes of a change. */
  protected final Answer<RentalStatus> change(
      HostedProvider provider, String id, RentalChange change) {
    return ask(provider, renter -> renter.changeRental(id, change, TIMEOUT));
  }

  /** What the provider gives for a request. */
  protected final Answer<Rental> rent(HostedProvider provider, RentRequest request) {
    return ask(provider, renter -> renter.rent(request));
  }

  /** The only request that the server has seen. */
  protected final SeenRequest onlyRequest() {
    assertThat(server().seen()).hasSize(1);
    return Objects.requireNonNull(server().seen().get(0));
  }
}
