package io.signalbox.gateway.booking;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.booking.BookingStep.Applied;
import io.signalbox.spi.BookingState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookingStepTest {
  static final long NOW = 1_700_000_000_000L;
  static final Instant START = Instant.ofEpochMilli(NOW).plusSeconds(86_400);
  static final Instant LATER = START.plusSeconds(7_200);

  static KeptBooking kept(BookingState state) {
    Statement made = statement("b1", null, state, START, NOW);
    return KeptBooking.made(made, START, START.plusSeconds(3_600), NOW).asTold();
  }

  static Statement statement(
      String uid,
      @Nullable String from,
      BookingState state,
      @Nullable Instant start,
      long atMillis) {
    return new Statement(uid, from, state, start, null, null, null, atMillis);
  }

  @ParameterizedTest
  @CsvSource({
    // known, said, how much later, what it is then, what is told
    "PENDING, ACCEPTED, 1, ACCEPTED, accepted",
    "PENDING, REJECTED, 1, REJECTED, rejected",
    "ACCEPTED, CANCELLED, 1, CANCELLED, cancelled",
    "ACCEPTED, ACCEPTED, 1, ACCEPTED, ",
    "ACCEPTED, PENDING, 1, ACCEPTED, ",
    "CANCELLED, ACCEPTED, 1, CANCELLED, ",
    "REJECTED, CANCELLED, 1, REJECTED, ",
    // What comes late and says more is believed; what says less is old.
    "PENDING, ACCEPTED, -1, ACCEPTED, accepted",
    "ACCEPTED, CANCELLED, -1, CANCELLED, cancelled",
    "ACCEPTED, PENDING, -1, ACCEPTED, ",
  })
  void theStateOnlyMovesForward(
      BookingState known, BookingState said, int later, BookingState then, @Nullable String news) {
    Applied applied =
        BookingStep.apply(kept(known), statement("b1", null, said, null, NOW + later), NOW + 10);

    assertThat(applied.booking().state()).isEqualTo(then);
    assertThat(applied.news()).isEqualTo(news);
    assertThat(BookingStep.apply(applied.booking(), statement("b1", null, said, null, NOW), NOW))
        .extracting(Applied::news)
        .isNull();
  }

  @Test
  void aMoveGivesItAnotherUidAndKeepsTheOldOne() {
    Applied moved =
        BookingStep.apply(
            kept(BookingState.ACCEPTED),
            statement("b2", "b1", BookingState.PENDING, LATER, NOW + 1),
            NOW + 2);

    assertThat(moved.news()).isEqualTo("rescheduled");
    assertThat(moved.booking().uid()).isEqualTo("b2");
    assertThat(moved.booking().formerUids()).containsExactly("b1");
    assertThat(moved.booking().state()).isEqualTo(BookingState.PENDING);
    assertThat(moved.booking().start()).isEqualTo(LATER);
    assertThat(moved.booking().end()).isEqualTo(LATER.plusSeconds(3_600));
    // That the old one is called off then says nothing of the new one.
    assertThat(
            BookingStep.apply(
                moved.booking(),
                statement("b1", null, BookingState.CANCELLED, null, NOW + 3),
                NOW + 4))
        .isEqualTo(new Applied(moved.booking(), null));
  }

  @Test
  void aMoveThatIsHeardOfAfterTheCancellingOfTheOldBeginsAnew() {
    KeptBooking cancelled = kept(BookingState.CANCELLED);

    Applied moved =
        BookingStep.apply(
            cancelled, statement("b2", "b1", BookingState.ACCEPTED, LATER, NOW - 1), NOW + 2);

    assertThat(moved.booking().isLive()).isTrue();
    assertThat(moved.booking().uid()).isEqualTo("b2");
  }

  @Test
  void aMoveThatKeepsTheUidIsTold() {
    Applied moved =
        BookingStep.apply(
            kept(BookingState.ACCEPTED),
            statement("b1", null, BookingState.ACCEPTED, LATER, NOW + 1),
            NOW + 2);

    assertThat(moved.news()).isEqualTo("rescheduled");
    assertThat(moved.booking().formerUids()).isEmpty();
    // What was said before comes late.
    assertThat(
            BookingStep.apply(
                    moved.booking(),
                    statement("b1", null, BookingState.ACCEPTED, START, NOW),
                    NOW + 3)
                .booking()
                .start())
        .isEqualTo(LATER);
  }

  @Test
  void whatIsOfAnotherBookingChangesNothing() {
    KeptBooking kept = kept(BookingState.ACCEPTED);

    assertThat(
            BookingStep.apply(
                kept, statement("b9", null, BookingState.CANCELLED, null, NOW + 1), NOW + 2))
        .isEqualTo(new Applied(kept, null));
    assertThat(
            BookingStep.apply(
                kept, statement("b9", "b8", BookingState.ACCEPTED, LATER, NOW + 1), NOW + 2))
        .isEqualTo(new Applied(kept, null));
  }

  @Test
  void aClockThatGoesFastSilencesNothing() {
    KeptBooking ahead =
        BookingStep.apply(
                kept(BookingState.ACCEPTED),
                statement("b1", null, BookingState.ACCEPTED, LATER, NOW + 3_600_000),
                NOW + 1)
            .booking();

    assertThat(
            BookingStep.apply(
                    ahead, statement("b1", null, BookingState.ACCEPTED, START, NOW + 2), NOW + 2)
                .news())
        .isEqualTo("rescheduled");
  }

  @Test
  void aBookingIsStoredAndReadAgain() {
    KeptBooking kept =
        BookingStep.apply(
                kept(BookingState.ACCEPTED),
                new Statement(
                    "b2", "b1", BookingState.ACCEPTED, LATER, null, "title", "https://m", NOW + 1),
                NOW + 2)
            .booking();
    KeptBooking changing =
        kept.with(
            Alteration.begin(
                1, Alteration.Type.RESCHEDULE, START, "why", "key", "digest", NOW, NOW + 15_000));

    assertThat(KeptBooking.of(changing.toJson())).isEqualTo(changing);
    assertThat(changing.shown().encode()).doesNotContain("key", "digest", "why");
    assertThat(changing.followAtMillis(NOW)).isGreaterThan(NOW + 15_000);
  }
}
