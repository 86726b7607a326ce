package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.NumberProvider;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalSearch;
import io.signalbox.spi.operation.RentalStatus;
import io.signalbox.spi.operation.Shortage;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The laws of rented numbers, kept by every provider of them. A subclass gives the facts of its
 * wire: see {@link BaseRenterTest}.
 */
public abstract class BaseNumberProviderTest extends BaseRenterTest {
  @Test
  void carriesNumbersAndRentsThem() {
    assertThat(factory().descriptor().channels()).containsExactly(Channel.NUMBER);
    assertThat(provider().provider()).isInstanceOf(NumberProvider.class);
  }

  @Test
  void rentsByTheDocumentedRequestOnce() {
    server().reply(rented());

    assertThat(done(rent(provider(), request()))).isEqualTo(expected());

    assertRentedOnTheWire(onlyRequest(), request());
  }

  @Test
  void handsTheTraceOn() {
    server().reply(rented());
    String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    rent(provider(), SampleRentals.withTraceparent(request(), traceparent));

    assertThat(onlyRequest().header("traceparent")).isEqualTo(traceparent);
  }

  @TestFactory
  Stream<DynamicTest> shortageIsNoFailure() {
    return shortages().stream()
        .map(
            shortage ->
                DynamicTest.dynamicTest(
                    shortage.name(),
                    () ->
                        assertThat(answered(shortage.reply()))
                            .isInstanceOfSatisfying(
                                Answer.Unserved.class,
                                unserved -> {
                                  assertThat(unserved.shortage()).isEqualTo(shortage.shortage());
                                  assertThat(unserved.lowestPrice())
                                      .isEqualTo(shortage.lowestPrice());
                                })));
  }

  @Test
  void findsTheRentalOfAnAttemptByTheDocumentedQuestion() {
    server().reply(list());

    assertThat(done(find(provider(), listedSince(), Set.of()))).containsExactly(expectedInList());

    assertListedOnTheWire(onlyRequest());
  }

  @Test
  void rentalsOfOthersAreNotFound() {
    HostedProvider provider = provider();
    server().reply(list());
    assertThat(done(find(provider, listedSince(), Set.of(expected().id())))).isEmpty();
    assertThat(done(find(provider, listedSince().plus(Duration.ofMinutes(30)), Set.of())))
        .isEmpty();

    server().reply(emptyList());
    assertThat(done(find(provider, listedSince(), Set.of()))).isEmpty();
    assertThat(listsOfOthers()).hasSize(2);
    for (Reply others : listsOfOthers()) {
      server().reply(others);
      assertThat(done(find(provider, listedSince(), Set.of()))).isEmpty();
    }
  }

  @TestFactory
  Stream<DynamicTest> stateIsReadAsDocumented() {
    return statuses().stream()
        .map(
            status ->
                DynamicTest.dynamicTest(
                    status.name(),
                    () -> {
                      server().reply(status.reply());
                      assertThat(done(status(provider(), expected().id())))
                          .contains(status.status());
                      assertThat(server().seen()).isNotEmpty();
                      assertAskedOnTheWire(server().seen().get(server().seen().size() - 1));
                    }));
  }

  @Test
  void unknownRentalIsToldFromAFailure() {
    server().reply(notFound());
    HostedProvider provider = provider();

    assertThat(done(status(provider, expected().id()))).isEmpty();
    for (RentalChange change : RentalChange.values()) {
      assertThat(failed(change(provider, expected().id(), change)))
          .as(change.wireName())
          .isInstanceOf(Outcome.Rejected.class);
    }
  }

  @TestFactory
  Stream<DynamicTest> changesByTheDocumentedRequestOnce() {
    return Stream.of(RentalChange.values())
        .map(
            change ->
                DynamicTest.dynamicTest(
                    change.wireName(),
                    () -> {
                      server().forget();
                      server().reply(changed(change));
                      RentalStatus after = done(change(provider(), expected().id(), change));
                      assertThat(after.state()).isEqualTo(stateAfter(change));
                      assertChangedOnTheWire(onlyRequest(), change);
                    }));
  }

  @Test
  void cancellationThatComesTooEarlyIsNotRefusedForGood() {
    for (Reply tooEarly : tooEarly()) {
      server().reply(tooEarly);
      assertThat(change(provider(), expected().id(), RentalChange.CANCEL))
          .isInstanceOfSatisfying(
              Answer.Unserved.class,
              unserved -> assertThat(unserved.shortage()).isEqualTo(Shortage.TOO_EARLY));
    }
  }

  @Test
  void tellsWhatThereIsToRent() {
    server().script(seen -> Future.succeededFuture(offered(seen)));

    List<NumberOffer> offers =
        done(ask(provider(), renter -> renter.offers(SampleRentals.wish(request()))));

    assertThat(offers).containsExactlyInAnyOrderElementsOf(expectedOffers());
  }

  @TestFactory
  Stream<DynamicTest> errorIsNoAnswerToAQuestion() {
    return errorStatuses()
        .mapToObj(
            status ->
                DynamicTest.dynamicTest(
                    "" + status,
                    () -> {
                      server().reply(Reply.empty(status));
                      HostedProvider provider = provider();
                      failed(find(provider, listedSince(), Set.of()));
                      failed(status(provider, expected().id()));
                      failed(ask(provider, renter -> renter.offers(SampleRentals.wish(request()))));
                    }));
  }

  @Test
  void strangeIdsAreAskedForSafely() {
    server().reply(notFound());
    HostedProvider provider = provider();
    for (String id :
        List.of("", " ", "..", "../../x?y=z#", "a/b", "1&status=8", "%2e", "\u0000é\r\n")) {
      assertThat(done(status(provider, id))).as(id).isEmpty();
      assertThat(failed(change(provider, id, RentalChange.CANCEL)))
          .as(id)
          .isInstanceOf(Outcome.Rejected.class);
    }
  }

  @Test
  void countriesThatItDoesNotKnowAreNotOffered() {
    HostedProvider provider = provider();
    for (String country : List.of("xx", "", "../", "u&")) {
      RentRequest request = SampleRentals.request(country, request().service());
      assertThat(rent(provider, request)).as(country).isInstanceOf(Answer.Unserved.class);
    }
    assertThat(server().seen()).isEmpty();
  }

  final Answer<List<Rental>> find(HostedProvider provider, Instant attemptedAt, Set<String> known) {
    RentalSearch search = SampleRentals.search(request(), attemptedAt, known);
    return ask(provider, renter -> renter.findRentals(search));
  }
}
