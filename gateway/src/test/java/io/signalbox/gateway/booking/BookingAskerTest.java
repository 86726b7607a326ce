package io.signalbox.gateway.booking;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.call.RequestType;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.ledger.OperationProgress;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.operation.OperationStories;
import io.signalbox.spi.BookingState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Attendee;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the calls of a booking stand in its trace. */
class BookingAskerTest {
  private static final TraceContext TRACE = new TraceContext(1, 2, 3, true);

  private final List<RequestType> types = new ArrayList<>();
  private final List<CalledBy> callers = new ArrayList<>();
  private final BookingAsker asker =
      new BookingAsker(
          new Away(), ConfigLoader.load(Optional.empty(), Map.of(), Map.of()).operations());

  /** The way to a provider that does not answer. */
  private final class Away implements ProviderCalls {
    @Override
    public String account(String provider) {
      return "";
    }

    @Override
    public <T> Future<Answer<T>> call(String provider, ProviderCall<T> call, CalledBy by) {
      types.add(call.type());
      callers.add(by);
      Evidence evidence = Evidence.unanswered(Progress.NOT_CONNECTED, "refused", null);
      return Future.succeededFuture(new Answer.Failed<>(new Outcome.Transient(evidence)));
    }
  }

  private static Operation booked() {
    BookingWish wish =
        new BookingWish(
            "7",
            BookingStepTest.START,
            null,
            new Attendee("Jane Roe", "Europe/London", "jane@example.org", null, null),
            Map.of(),
            null);
    Operation begun =
        new Operation(
            new NotificationIds(Clock.systemUTC(), 0).next(),
            "default",
            Channel.BOOKING,
            wish.eventType(),
            null,
            wish.toJson(),
            BookingStepTest.NOW,
            0,
            TRACE,
            0,
            OperationProgress.begin(BookingStepTest.NOW));
    KeptBooking kept = BookingStepTest.kept(BookingState.ACCEPTED);
    return OperationStories.answered(
        OperationStories.trying(begun, "calendar", ""),
        OperationStories.end(How.DONE, 200),
        BookingKind.result("calendar", kept, BookingStepTest.NOW));
  }

  private static Alteration alteration(Alteration.Type type) {
    return new Alteration(
        1,
        type,
        type == Alteration.Type.CANCEL ? null : BookingStepTest.LATER,
        null,
        null,
        "digest",
        Alteration.Stage.TRYING,
        0,
        BookingStepTest.NOW,
        BookingStepTest.NOW + 15_000,
        BookingStepTest.NOW,
        0,
        0,
        null);
  }

  @Test
  void everyCallStandsInTheTraceOfItsBooking() {
    Operation booking = booked();
    asker.read(booking);
    for (Alteration.Type type : Alteration.Type.values()) {
      asker.alter(booking, alteration(type));
      asker.look(booking, alteration(type));
    }
    assertThat(types)
        .containsExactly(
            RequestType.READ,
            RequestType.CANCEL,
            RequestType.READ,
            RequestType.RESCHEDULE,
            RequestType.FIND);
    assertThat(callers).hasSize(5).allMatch(by -> TRACE.equals(by.trace()));
  }
}
