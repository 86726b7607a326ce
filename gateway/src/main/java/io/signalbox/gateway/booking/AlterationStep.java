package io.signalbox.gateway.booking;

import io.signalbox.gateway.booking.Alteration.Stage;
import io.signalbox.gateway.booking.BookingStep.Applied;
import io.signalbox.gateway.failure.ErrorContext;
import io.signalbox.gateway.failure.ErrorProblem;
import io.signalbox.gateway.failure.ProviderError;
import io.signalbox.spi.BookingState;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Booking;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What follows in the change of a booking: from the booking as it is known, what happened, and the
 * clock. Pure functions; what they give is stored before it is done.
 *
 * <p>A try that certainly did nothing is repeated after 1, 2 and 4 s (with 10% jitter) where it may
 * pass. One whose outcome is unknown is looked up after 1, 2, 4, 8 s and then every 15 s, and never
 * repeated before that says what became of it.
 */
final class AlterationStep {
  private static final int MOST_ROUNDS = 3;
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 15_000;
  private static final int MOST_DOUBLINGS = 4;
  private static final double JITTER = 0.1;

  /** So many look-ups must have seen a change not done, before it is taken for that. */
  private static final int ABSENCES = 2;

  private final Limits limits;

  AlterationStep(Limits limits) {
    this.limits = limits;
  }

  /**
   * The bounds.
   *
   * @param timeout how long one try may take
   * @param settleAfter how long after its deadline a try may still have its effect
   * @param settleWithin after which time from its beginning a change that cannot be settled is
   *     given up
   */
  record Limits(Duration timeout, Duration settleAfter, Duration settleWithin) {}

  /** What there is to do for an open change that is due. */
  enum Act {
    /** The provider is asked to do it. */
    TRY,
    /** The provider is asked what became of it. */
    LOOK
  }

  /**
   * What there is to do.
   *
   * @param booking as it is to be stored before
   */
  record Due(KeptBooking booking, Act act) {}

  /** A change that is asked for now, about to be tried. */
  KeptBooking begin(KeptBooking kept, AlterationWish wish, long nowMillis) {
    int number = kept.newestAlteration().map(last -> last.number() + 1).orElse(1);
    return kept.with(
        Alteration.begin(
            number,
            wish.type(),
            wish.start(),
            wish.reason(),
            wish.key(),
            wish.digest(),
            nowMillis,
            nowMillis + limits.timeout().toMillis()));
  }

  /** What there is to do for what is due; a try that nobody has ended is unknown. */
  Due due(KeptBooking kept, Alteration open, long nowMillis) {
    if (open.stage() == Stage.WAITING) {
      return new Due(
          kept.with(open.tried(open.round(), nowMillis + limits.timeout().toMillis())), Act.TRY);
    }
    // While the answer to a look-up is awaited, nobody else looks.
    long patience = nowMillis + limits.timeout().toMillis() + LONGEST_MILLIS;
    return new Due(kept.with(open.unsettled(open.looks() + 1, open.absent(), patience)), Act.LOOK);
  }

  /** A try was answered. */
  Applied tried(
      KeptBooking kept, Alteration open, Answer<Booking> answer, Told told, double random) {
    if (answer instanceof Answer.Done<Booking> done) {
      return applied(kept, doneAs(kept, open, done.value(), told.nowMillis()), told.nowMillis());
    }
    Outcome outcome = outcome(answer);
    if (outcome instanceof Outcome.Unknown) {
      long due = told.nowMillis() + FIRST_MILLIS;
      return new Applied(kept.with(open.unsettled(0, 0, due)), null);
    }
    ProviderError error = told.error(open, outcome);
    if (error.retryable() && open.round() < MOST_ROUNDS) {
      long due = told.nowMillis() + backoff(open.round(), random);
      return new Applied(kept.with(open.waiting(due)), null);
    }
    return failed(kept, open, ErrorProblem.of(error));
  }

  /** What a provider means that says it is done, whatever else it says. */
  private static Statement doneAs(
      KeptBooking kept, Alteration open, Booking booking, long nowMillis) {
    Statement said = asMoveOf(kept, booking, nowMillis);
    return open.type() == Alteration.Type.CANCEL && said.isLive() ? gone(kept, nowMillis) : said;
  }

  /** How long to wait after a round: 1, 2 and 4 s, 10% more or less. */
  private static long backoff(int round, double random) {
    return Math.round((FIRST_MILLIS << round) * (1 + JITTER * (2 * random - 1)));
  }

  /** That a booking is called off, or now is at another time, is the end of a change. */
  private static Applied applied(KeptBooking kept, Statement said, long nowMillis) {
    Applied applied = BookingStep.apply(kept, said, nowMillis);
    KeptBooking booking = applied.booking();
    return new Applied(
        booking.open().map(open -> booking.with(open.done())).orElse(booking), applied.news());
  }

  /**
   * A look-up was answered.
   *
   * @param answer all that the provider has of the booking, under its uid or by our reference;
   *     empty if it knows nothing of it
   */
  Applied looked(KeptBooking kept, Alteration open, Answer<List<Booking>> answer, Told told) {
    long now = told.nowMillis();
    if (!(answer instanceof Answer.Done<List<Booking>> done)) {
      return now - open.askedAtMillis() > limits.settleWithin().toMillis()
          ? failed(kept, open, ErrorProblem.of(told.error(open, unknown(answer))))
          : new Applied(
              kept.with(open.unsettled(open.looks(), 0, now + pause(open.looks()))), null);
    }
    Optional<Booking> wanted =
        done.value().stream().filter(found -> isWanted(kept, open, found)).findFirst();
    if (wanted.isPresent()) {
      return applied(kept, asMoveOf(kept, wanted.get(), now), now);
    }
    if (open.type() == Alteration.Type.CANCEL && done.value().isEmpty()) {
      // What the provider does not know any more nobody comes to.
      return applied(kept, gone(kept, now), now);
    }
    boolean counts = now >= open.deadlineAtMillis() + limits.settleAfter().toMillis();
    int absent = counts ? open.absent() + 1 : 0;
    if (absent < ABSENCES) {
      return new Applied(
          kept.with(open.unsettled(open.looks(), absent, now + pause(open.looks()))), null);
    }
    return failed(kept, open, notDone(told, open));
  }

  private static boolean isWanted(KeptBooking kept, Alteration open, Booking found) {
    boolean live = Statement.of(found, 0).isLive();
    if (open.type() == Alteration.Type.CANCEL) {
      return found.uid().equals(kept.uid()) && !live;
    }
    return live && found.start().equals(open.start()) && !kept.formerUids().contains(found.uid());
  }

  /**
   * A booking that our reference names is this one, also if it does not say from where it moved.
   */
  private static Statement asMoveOf(KeptBooking kept, Booking found, long nowMillis) {
    Statement said = Statement.of(found, nowMillis);
    return found.uid().equals(kept.uid()) ? said : said.movedFrom(kept.uid());
  }

  private static Statement gone(KeptBooking kept, long nowMillis) {
    return new Statement(
        kept.uid(), null, BookingState.CANCELLED, null, null, null, null, nowMillis);
  }

  /** How long until the next look-up. */
  private static long pause(int looks) {
    return Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(looks, MOST_DOUBLINGS));
  }

  private static Outcome outcome(Answer<?> answer) {
    return answer instanceof Answer.Failed<?> failed
        ? failed.outcome()
        : new Outcome.Transient(answer.evidence());
  }

  private static Outcome unknown(Answer<?> answer) {
    return new Outcome.Unknown(answer.evidence());
  }

  private static ErrorProblem notDone(Told told, Alteration open) {
    return ErrorProblem.of(
        told.error(
            open,
            new Outcome.Transient(
                Evidence.unanswered(
                    Progress.BODY_WRITTEN,
                    "not_done",
                    "the provider gave no answer, and later look-ups saw nothing of it"))));
  }

  private static Applied failed(KeptBooking kept, Alteration open, ErrorProblem why) {
    return new Applied(kept.with(open.failed(why)), BookingNews.CHANGE_FAILED);
  }

  /**
   * What is known beside an answer.
   *
   * @param nowMillis when it came
   * @param provider whose answer it is
   * @param correlationId of the booking
   * @param bookingId our id of it
   * @param personal what must not be shown of the provider's words
   */
  record Told(
      long nowMillis,
      String provider,
      String correlationId,
      String bookingId,
      List<String> personal) {

    private ProviderError error(Alteration open, Outcome outcome) {
      return ProviderError.of(
          correlationId,
          new ErrorContext(open.type().wireName(), bookingId),
          provider,
          true,
          outcome,
          personal);
    }
  }
}
