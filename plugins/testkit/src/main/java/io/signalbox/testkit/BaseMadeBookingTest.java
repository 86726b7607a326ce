package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.BookingState;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Booking;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The laws of bookings that were made: of finding, reading, cancelling and moving them; see {@link
 * BaseBookingProviderTest}.
 */
public abstract class BaseMadeBookingTest extends BaseBookerTest {
  @Test
  void findsTheBookingOfAnAttemptByTheDocumentedQuestion() {
    server().reply(list());

    assertThat(done(find(provider(), request().attemptId()))).containsExactly(expected());

    assertThat(server().seen()).hasSize(1);
    assertListedOnTheWire(server().seen().get(0));
  }

  @Test
  void bookingsOfOtherAttemptsAreNotFound() {
    server().reply(list());
    assertThat(done(find(provider(), "0192f0c1-7b1e-7c3a-9d5e-0a1b2c3d4e5f-2"))).isEmpty();

    server().reply(emptyList());
    assertThat(done(find(provider(), request().attemptId()))).isEmpty();
  }

  @Test
  void listThatMayGoOnIsNoProofThatThereIsNone() {
    server().reply(fullOfOthers());

    failed(find(provider(), request().attemptId()));
  }

  @Test
  void readsABookingByTheDocumentedQuestion() {
    server().reply(read());

    assertThat(done(readOne(provider(), expected().uid()))).contains(expected());

    assertThat(server().seen()).hasSize(1);
    assertReadOnTheWire(server().seen().get(0));
    server().reply(notFound());
    assertThat(done(readOne(provider(), expected().uid()))).isEmpty();
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
                      failed(find(provider, request().attemptId()));
                      failed(readOne(provider, expected().uid()));
                    }));
  }

  @Test
  void cancelsByTheDocumentedRequest() {
    server().reply(cancelled());

    Booking after =
        done(
            ask(provider(), provider -> provider.cancelBooking(expected().uid(), "Sick", TIMEOUT)));

    assertThat(after.uid()).isEqualTo(expected().uid());
    assertThat(after.state()).isEqualTo(BookingState.CANCELLED);
    assertThat(server().seen()).hasSize(1);
    assertCancelledOnTheWire(server().seen().get(0));
  }

  @Test
  void movesByTheDocumentedRequest() {
    server().reply(moved());

    Booking after =
        done(
            ask(
                provider(),
                provider -> provider.reschedule(expected().uid(), NEW_START, "Later", TIMEOUT)));

    assertThat(after).isEqualTo(expectedMoved());
    assertThat(server().seen()).hasSize(1);
    assertMovedOnTheWire(server().seen().get(0));
  }

  @Test
  void strangeUidsAreAskedForSafely() {
    server().reply(notFound());
    HostedProvider provider = provider();
    for (String uid : List.of("", " ", "..", "../../x?y=z#", "a/b", "%2e%2e", "\u0000é\r\n")) {
      assertThat(done(readOne(provider, uid))).as(uid).isEmpty();
      failed(ask(provider, booker -> booker.cancelBooking(uid, null, TIMEOUT)));
      failed(ask(provider, booker -> booker.reschedule(uid, NEW_START, null, TIMEOUT)));
    }
  }

  final Answer<List<Booking>> find(HostedProvider provider, String attemptId) {
    return ask(
        provider, booker -> booker.findBookings(SampleBookings.search(request(), attemptId)));
  }

  final Answer<Optional<Booking>> readOne(HostedProvider provider, String uid) {
    return ask(provider, booker -> booker.booking(uid, TIMEOUT));
  }
}
