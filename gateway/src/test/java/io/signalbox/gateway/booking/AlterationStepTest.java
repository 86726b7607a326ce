package io.signalbox.gateway.booking;

import static io.signalbox.gateway.booking.BookingStepTest.LATER;
import static io.signalbox.gateway.booking.BookingStepTest.NOW;
import static io.signalbox.gateway.booking.BookingStepTest.START;
import static io.signalbox.gateway.booking.BookingStepTest.kept;
import static io.signalbox.gateway.booking.BookingStepTest.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.booking.Alteration.Stage;
import io.signalbox.gateway.booking.AlterationStep.Act;
import io.signalbox.gateway.booking.AlterationStep.Due;
import io.signalbox.gateway.booking.AlterationStep.Told;
import io.signalbox.gateway.booking.BookingStep.Applied;
import io.signalbox.gateway.operation.Operations.OtherRequestException;
import io.signalbox.spi.BookingState;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Booking;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlterationStepTest {
  private static final Evidence OK = Evidence.answered(200, null, null);
  private static final double MIDDLE = 0.5;

  private final AlterationStep steps =
      new AlterationStep(
          new AlterationStep.Limits(
              Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofMinutes(15)));

  private static AlterationWish wish(Alteration.Type type, @Nullable String key) {
    return new AlterationWish(
        type, type == Alteration.Type.CANCEL ? null : LATER, "why", key, "digest");
  }

  private KeptBooking begun(Alteration.Type type) {
    return steps.begin(kept(BookingState.ACCEPTED), wish(type, "k"), NOW);
  }

  private static Alteration open(KeptBooking kept) {
    return kept.open().orElseThrow();
  }

  private static Told told(long nowMillis) {
    return new Told(nowMillis, "cal", "c1", "op1", List.of("Jane Roe"));
  }

  private static Booking booking(
      String uid, @Nullable String from, BookingState state, Instant start) {
    return new Booking(uid, state, start, start.plusSeconds(3_600), null, null, from);
  }

  private Applied tried(KeptBooking kept, Answer<Booking> answer) {
    return steps.tried(kept, open(kept), answer, told(NOW + 100), MIDDLE);
  }

  private static Answer<Booking> failed(Outcome outcome) {
    return new Answer.Failed<>(outcome);
  }

  private static Outcome unknown() {
    return new Outcome.Unknown(Evidence.unanswered(Progress.BODY_WRITTEN, "timeout", null));
  }

  private static Outcome status(int status) {
    return new Outcome.Transient(Evidence.answered(status, "code", "Jane Roe is busy"));
  }

  @Test
  void whatIsDoneIsDoneWithItsNewUid() {
    Applied moved =
        tried(
            begun(Alteration.Type.RESCHEDULE),
            new Answer.Done<>(booking("b2", null, BookingState.ACCEPTED, LATER), OK));
    assertThat(moved.news()).isEqualTo("rescheduled");
    assertThat(moved.booking().uid()).isEqualTo("b2");
    assertThat(moved.booking().formerUids()).containsExactly("b1");
    assertThat(moved.booking().open()).isEmpty();

    Applied cancelled =
        tried(
            begun(Alteration.Type.CANCEL),
            new Answer.Done<>(booking("b1", null, BookingState.ACCEPTED, START), OK));
    assertThat(cancelled.news()).isEqualTo("cancelled");
    assertThat(cancelled.booking().state()).isEqualTo(BookingState.CANCELLED);
    assertThat(cancelled.booking().newestAlteration().orElseThrow().stage()).isEqualTo(Stage.DONE);
  }

  @Test
  void whatMayPassIsTriedThreeTimesMoreAfterLongerAndLongerPauses() {
    KeptBooking kept = begun(Alteration.Type.CANCEL);
    long now = NOW;
    for (long pause : new long[] {1_000, 2_000, 4_000}) {
      Applied waits = steps.tried(kept, open(kept), failed(status(503)), told(now), MIDDLE);
      assertThat(waits.news()).isNull();
      assertThat(open(waits.booking()).dueAtMillis()).isEqualTo(now + pause);
      now += pause;
      Due due = steps.due(waits.booking(), open(waits.booking()), now);
      assertThat(due.act()).isEqualTo(Act.TRY);
      kept = due.booking();
    }
    Applied over = steps.tried(kept, open(kept), failed(status(503)), told(now), MIDDLE);
    assertThat(over.news()).isEqualTo("change_failed");
    assertThat(over.booking().state()).isEqualTo(BookingState.ACCEPTED);
    Alteration change = over.booking().newestAlteration().orElseThrow();
    assertThat(change.failure().type()).isEqualTo("provider-unavailable");
    assertThat(change.failure().members()).containsEntry("provider_message", "(personal) is busy");
  }

  @ParameterizedTest
  @CsvSource({"0, 900", "0.5, 1000", "1, 1100"})
  void pausesDifferByATenth(double random, long pause) {
    KeptBooking kept = begun(Alteration.Type.CANCEL);
    Applied waits = steps.tried(kept, open(kept), failed(status(504)), told(NOW), random);
    assertThat(open(waits.booking()).dueAtMillis()).isEqualTo(NOW + pause);
  }

  @Test
  void whatDoesNotPassIsNotTriedAgain() {
    Outcome refused =
        new Outcome.Rejected(ReasonClass.SLOT_TAKEN, Evidence.answered(400, "Bad", "taken"));
    Applied over = tried(begun(Alteration.Type.RESCHEDULE), failed(refused));
    assertThat(over.booking().open()).isEmpty();
    assertThat(over.booking().newestAlteration().orElseThrow().failure().type())
        .isEqualTo("slot-taken");
    assertThat(tried(begun(Alteration.Type.CANCEL), failed(status(500))).booking().open())
        .isEmpty();
  }

  @Test
  void whatIsUnknownIsLookedUpAndNeverTriedAgainBefore() {
    KeptBooking kept = tried(begun(Alteration.Type.RESCHEDULE), failed(unknown())).booking();
    assertThat(open(kept).stage()).isEqualTo(Stage.UNSETTLED);
    Due due = steps.due(kept, open(kept), NOW + 1_100);
    assertThat(due.act()).isEqualTo(Act.LOOK);

    Applied found =
        steps.looked(
            due.booking(),
            open(due.booking()),
            new Answer.Done<>(
                List.of(
                    booking("b1", null, BookingState.CANCELLED, START),
                    booking("b2", null, BookingState.ACCEPTED, LATER)),
                OK),
            told(NOW + 1_200));
    assertThat(found.booking().uid()).isEqualTo("b2");
    assertThat(found.booking().newestAlteration().orElseThrow().stage()).isEqualTo(Stage.DONE);
  }

  @Test
  void whatLookUpsDoNotSeeCountsAsNotDoneOnlyLateAndTwice() {
    KeptBooking kept = tried(begun(Alteration.Type.RESCHEDULE), failed(unknown())).booking();
    Answer<List<Booking>> asBefore =
        new Answer.Done<>(List.of(booking("b1", null, BookingState.ACCEPTED, START)), OK);

    kept = steps.looked(kept, open(kept), asBefore, told(NOW + 44_000)).booking();
    assertThat(open(kept).absent()).isZero();
    kept = steps.looked(kept, open(kept), asBefore, told(NOW + 45_000)).booking();
    assertThat(open(kept).absent()).isOne();
    Applied over = steps.looked(kept, open(kept), asBefore, told(NOW + 60_000));

    assertThat(over.news()).isEqualTo("change_failed");
    assertThat(over.booking().start()).isEqualTo(START);
  }

  @Test
  void aProviderThatCannotBeAskedLeavesItOpenForAWhile() {
    KeptBooking kept = tried(begun(Alteration.Type.CANCEL), failed(unknown())).booking();
    Answer<List<Booking>> none = new Answer.Failed<>(status(503));

    kept = steps.looked(kept, open(kept), none, told(NOW + 60_000)).booking();
    assertThat(open(kept).stage()).isEqualTo(Stage.UNSETTLED);
    Applied over = steps.looked(kept, open(kept), none, told(NOW + 900_001));

    assertThat(over.booking().newestAlteration().orElseThrow().failure().type())
        .isEqualTo("outcome-unknown");
  }

  @Test
  void aTryThatNobodyEndedIsUnknown() {
    KeptBooking kept = begun(Alteration.Type.CANCEL);
    Due due = steps.due(kept, open(kept), NOW + 60_000);
    assertThat(due.act()).isEqualTo(Act.LOOK);
    assertThat(open(due.booking()).stage()).isEqualTo(Stage.UNSETTLED);
  }

  @Test
  void aWebhookSettlesIt() {
    KeptBooking moving = tried(begun(Alteration.Type.RESCHEDULE), failed(unknown())).booking();
    // Some providers call the old one off first.
    Applied held =
        BookingStep.apply(
            moving, statement("b1", null, BookingState.CANCELLED, null, NOW + 2), NOW + 3);
    assertThat(held.booking()).isEqualTo(moving);

    Applied told =
        BookingStep.apply(
            moving, statement("b2", "b1", BookingState.ACCEPTED, LATER, NOW + 2), NOW + 3);
    assertThat(told.booking().open()).isEmpty();
    assertThat(told.booking().newestAlteration().orElseThrow().stage()).isEqualTo(Stage.DONE);
  }

  @Test
  void aKeyFindsItsChangeAndNoOther() {
    KeptBooking kept = begun(Alteration.Type.CANCEL);
    assertThat(kept.earlier(wish(Alteration.Type.CANCEL, "k"))).contains(open(kept));
    assertThat(kept.earlier(wish(Alteration.Type.CANCEL, null))).contains(open(kept));
    assertThat(kept.earlier(wish(Alteration.Type.RESCHEDULE, null))).isEmpty();
    assertThat(kept.earlier(wish(Alteration.Type.CANCEL, "k2"))).isEmpty();
    assertThatThrownBy(
            () ->
                kept.earlier(new AlterationWish(Alteration.Type.CANCEL, null, null, "k", "other")))
        .isInstanceOf(OtherRequestException.class);
  }
}
