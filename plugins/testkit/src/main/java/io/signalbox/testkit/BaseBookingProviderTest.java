package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.operation.Booking;
import io.signalbox.spi.operation.BookingProvider;
import io.signalbox.spi.operation.BookingRequest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The laws of bookings, kept by every provider of them. A subclass gives the facts of its wire: see
 * {@link BaseBookerTest}.
 */
public abstract class BaseBookingProviderTest extends BaseMadeBookingTest {
  @Test
  void carriesBookingsAndMakesThem() {
    assertThat(factory().descriptor().channels()).containsExactly(Channel.BOOKING);
    assertThat(provider().provider()).isInstanceOf(BookingProvider.class);
  }

  @Test
  void booksByTheDocumentedRequestOnce() {
    server().reply(booked());

    Booking made = done(ask(provider(), booker -> booker.book(request())));

    assertThat(made).isEqualTo(expected());
    assertThat(server().seen()).hasSize(1);
    assertBookedOnTheWire(server().seen().get(0), request());
  }

  @Test
  void handsTheTraceOn() {
    server().reply(booked());
    String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    BookingRequest traced = SampleBookings.withTraceparent(request(), traceparent);

    ask(provider(), provider -> provider.book(traced));

    assertThat(server().seen().get(0).header("traceparent")).isEqualTo(traceparent);
  }

  @Test
  void takenTimeIsToldFromOtherRefusals() {
    assertThat(slotTaken()).isNotEmpty();
    for (Reply taken : slotTaken()) {
      server().reply(taken);
      for (String name : List.of(deed(), "move")) {
        Call<BookingProvider> call = Objects.requireNonNull(calls().get(name));
        assertThat(failed(askAny(provider(), call)))
            .as(name)
            .isInstanceOfSatisfying(
                Outcome.Rejected.class,
                rejected -> assertThat(rejected.reason()).isEqualTo(ReasonClass.SLOT_TAKEN));
      }
    }
  }
}
