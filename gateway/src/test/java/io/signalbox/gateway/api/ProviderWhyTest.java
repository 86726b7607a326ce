package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.ProviderWhy.Lamp;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ProviderMessages.Swap;
import io.signalbox.gateway.bus.ProviderMessages.SwapOutcome;
import io.signalbox.gateway.degradation.LastFailure;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.scoring.DeliverySnapshot;
import io.signalbox.scoring.FailureKind;
import io.signalbox.scoring.FailureReport;
import io.signalbox.scoring.HealthSnapshot;
import io.signalbox.scoring.ProviderStatus;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.scoring.Severity;
import io.signalbox.spi.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the sentences about a provider say first, and which lamp goes with them. */
class ProviderWhyTest {
  private static final long NOW = 1_000_000;

  /** Long before, and just before: what is said of an open breaker is what moved it. */
  private static final Map<FailureKind, LastFailure> LAST =
      Map.of(
          FailureKind.TIMEOUT, new LastFailure(FailureKind.TIMEOUT, 0, "timeout", NOW - 70_000),
          FailureKind.SERVER_ERROR,
              new LastFailure(FailureKind.SERVER_ERROR, 500, "internal_error", NOW - 8_000),
          FailureKind.THROTTLED, new LastFailure(FailureKind.THROTTLED, 429, "429", NOW - 90_000));

  private static final BreakerView CLOSED =
      new BreakerView("closed", 1, 0, 1, false, "no failures", 0);

  @Test
  void oneThatWorksSaysHowWell() {
    ProviderWhy why = why(CLOSED, FailureReport.NONE, HealthSnapshot.of(199, 1, 2_340, 1, 1));
    assertThat(why.lamp()).isEqualTo(Lamp.GREEN);
    assertThat(why.reasons()).containsExactly("99.5 % of the last 200 succeeded, 2.3 s each");
    ProviderWhy untried =
        new ProviderWhy(state(CLOSED), FailureReport.NONE, null, Map.of(), Map.of(), null, NOW);
    assertThat(untried.lamp()).isEqualTo(Lamp.GREY);
    assertThat(untried.reasons()).containsExactly("Nothing was sent over it yet.");
  }

  @Test
  void theBreakerComesBeforeWhatFailed() {
    BreakerView open =
        new BreakerView("open", 2, NOW + 30_000, 1, false, "5 failures in 60 s", NOW - 8_000);
    ProviderWhy why =
        why(
            open,
            report(9, 6, true, Map.of(FailureKind.TIMEOUT, 1, FailureKind.SERVER_ERROR, 5)),
            HealthSnapshot.of(3, 6, 10, 1, 1));
    assertThat(why.lamp()).isEqualTo(Lamp.RED);
    assertThat(why.reasons())
        .containsExactly(
            "Breaker open for 8.0 s, next trial in 30 s: 5 failures in 60 s; the last failure was HTTP"
                + " 500 internal_error",
            "6 of 9 attempts failed in the last minute: 5 server error (HTTP 500 internal_error),"
                + " 1 timeout");
    assertThat(why.next()).isEqualTo("others take its traffic; tried again in 30 s");
  }

  @Test
  void whatIsNoFailureIsToldAllTheSame() {
    ProviderWhy throttled =
        why(
            CLOSED,
            report(20, 0, false, Map.of(FailureKind.THROTTLED, 1)),
            HealthSnapshot.of(20, 0, 10, 1, 1));
    assertThat(throttled.lamp()).isEqualTo(Lamp.AMBER);
    assertThat(throttled.reasons().get(0))
        .startsWith("1 attempt throttled in the last minute (HTTP 429)");
    assertThat(throttled.next()).isEqualTo("it is left alone for as long as it asks");
    // A few wrong addresses are the callers'.
    ProviderWhy few =
        why(
            CLOSED,
            report(20, 0, false, Map.of(FailureKind.REJECTED, 6)),
            HealthSnapshot.of(20, 0, 10, 1, 1));
    assertThat(few.lamp()).isEqualTo(Lamp.GREEN);
    ProviderWhy many =
        why(
            CLOSED,
            report(20, 0, false, Map.of(FailureKind.REJECTED, 7)),
            HealthSnapshot.of(20, 0, 10, 1, 1));
    assertThat(many.lamp()).isEqualTo(Lamp.AMBER);
    assertThat(many.reasons().get(0)).startsWith("7 attempts rejected in the last minute");
  }

  @Test
  void oneThatTakesAndDoesNotDeliverIsNotGreen() {
    HealthSnapshot silent =
        HealthSnapshot.of(50, 0, 10, 1, 1).with(new DeliverySnapshot(40, 0.5, 5_000, 200));
    ProviderWhy why = why(CLOSED, FailureReport.NONE, silent);
    assertThat(why.lamp()).isEqualTo(Lamp.AMBER);
    assertThat(why.reasons().get(0)).startsWith("Only 50 % of the last 40 on email");
  }

  @Test
  void whatAnOperatorWantedAndWhatDidNotTakeOver() {
    Swap failed =
        new Swap("alpha", "plugin", "1.0", "2.0", SwapOutcome.FAILED, "it throws", NOW - 1);
    ProviderState draining =
        new ProviderState(
            "alpha",
            "plugin",
            "1.0",
            1,
            Set.of(Channel.EMAIL),
            1,
            100,
            ProviderLimits.of(10, 0),
            Duration.ofSeconds(2),
            false,
            Stage.DRAINING,
            CLOSED,
            List.of("no from address"));
    ProviderWhy why =
        new ProviderWhy(draining, FailureReport.NONE, failed, Map.of(), Map.of(), null, NOW);
    assertThat(why.lamp()).isEqualTo(Lamp.AMBER);
    assertThat(why.reasons())
        .containsExactly(
            "Draining: it ends what it has and takes nothing new.",
            "Version 2.0 did not take over: it throws",
            "no from address");
  }

  private static FailureReport report(
      int attempts, int failures, boolean degraded, Map<FailureKind, Integer> kinds) {
    return new FailureReport(
        attempts,
        failures,
        attempts == 0 ? 0 : failures / (double) attempts,
        failures > 3 ? Severity.CRITICAL : Severity.LOW,
        degraded,
        kinds);
  }

  private static ProviderWhy why(
      BreakerView breaker, FailureReport failures, HealthSnapshot health) {
    RankedCandidate place =
        new RankedCandidate(
            "alpha", 80, List.of(), ProviderStatus.HEALTHY, health, 1, 100, 1, null);
    return new ProviderWhy(
        state(breaker), failures, null, Map.of(Channel.EMAIL, place), LAST, null, NOW);
  }

  private static ProviderState state(BreakerView breaker) {
    return new ProviderState(
        "alpha",
        "plugin",
        "1.0",
        1,
        Set.of(Channel.EMAIL),
        1,
        100,
        ProviderLimits.of(10, 0),
        Duration.ofSeconds(2),
        false,
        Stage.ACTIVE,
        breaker,
        List.of());
  }
}
