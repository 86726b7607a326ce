package io.signalbox.gateway.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.Decision;
import io.signalbox.gateway.ledger.Drill.End;
import io.signalbox.gateway.ledger.Drill.State;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.Timeline.AttemptEntry;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the report of a simulated fault counts. */
class SimulateReportTest {
  private static final String DRILLED = "alpha";
  private static final long INJECTED = 1_000;
  private static final long REMOVED = 9_000;

  @Test
  void whatIsHeldAndArrivedHidesNoLoss() {
    // Number 1 says sent and reached nobody; number 0 is held, yet it did arrive.
    End end =
        report(
            Map.of(0, told(NotificationState.HELD), 1, told(NotificationState.SENT)),
            Map.of(0, 1),
            2);

    assertThat(end.report().getInteger("lost")).isEqualTo(1);
    assertThat(end.state()).isEqualTo(State.FAILED);
    assertThat(end.reason()).isEqualTo("1 notifications were lost");
  }

  @Test
  void whatIsUnderWayIsNotLost() {
    End end =
        report(
            Map.of(0, told(NotificationState.QUEUED), 1, told(NotificationState.DELIVERED)),
            Map.of(1, 1),
            2);

    assertThat(end.report().getInteger("lost")).isZero();
    assertThat(end.report().getInteger("still_open")).isEqualTo(1);
    assertThat(end.state()).isEqualTo(State.FAILED);
  }

  @Test
  void whatTheLedgerDoesNotKnowAndNobodyReceivedIsLost() {
    End end = report(Map.of(0, told(NotificationState.DELIVERED)), Map.of(0, 1), 2);

    assertThat(end.report().getInteger("sent")).isEqualTo(2);
    assertThat(end.report().getInteger("lost")).isEqualTo(1);
  }

  @Test
  void oneThatFailedOpenlyIsNotLost() {
    End end =
        report(
            Map.of(0, told(NotificationState.FAILED), 1, told(NotificationState.DELIVERED)),
            Map.of(1, 2),
            2);

    assertThat(end.report().getInteger("lost")).isZero();
    assertThat(end.report().getInteger("duplicated")).isEqualTo(1);
    assertThat(end.reason()).isEqualTo("1 duplicates were not marked as possible");
  }

  private static End report(
      Map<Integer, Timeline> during, Map<Integer, Integer> received, int accepted) {
    return new SimulateReport(
            DRILLED,
            "error",
            Map.of(),
            during,
            Map.of(),
            received,
            IntStream.range(0, accepted).boxed().toList(),
            INJECTED,
            REMOVED,
            new FaultWatch(DRILLED, Channel.EMAIL, Clock.systemUTC()),
            false)
        .end(REMOVED, null);
  }

  /** A timeline that met the fault. */
  private static Timeline told(NotificationState state) {
    AttemptEntry attempt =
        new AttemptEntry(
            1,
            0,
            Channel.EMAIL,
            DRILLED,
            1,
            new Decision(null, "drill", List.of()),
            INJECTED + 1,
            INJECTED + 5,
            4,
            OutcomeKind.TRANSIENT,
            "answered",
            500,
            "500",
            "broken",
            null,
            null,
            false,
            false);
    return new Timeline(
        new NotificationId(1, 1),
        "default",
        Buffer.buffer("{}"),
        state,
        null,
        0,
        INJECTED,
        INJECTED + 5,
        0,
        null,
        TraceContext.begin(),
        List.of(attempt),
        List.of(),
        List.of());
  }
}
