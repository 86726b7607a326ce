package io.signalbox.gateway.degradation;

import static io.signalbox.gateway.model.DegradationMode.CRITICAL;
import static io.signalbox.gateway.model.DegradationMode.DEGRADED;
import static io.signalbox.gateway.model.DegradationMode.NORMAL;
import static io.signalbox.gateway.model.DegradationMode.PARTIAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.DegradationCause;
import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.gateway.model.DegradationReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entered after 2 s, left after 30 s. */
class HeldVerdictTest {
  private static final Verdict LOST = verdict(DegradationCause.PROVIDER_LOST);
  private static final Verdict NOBODY = verdict(DegradationCause.NO_USABLE_PROVIDER);
  private static final Verdict STALLED = verdict(DegradationCause.WORK_STALLED);

  private final HeldVerdict held = new HeldVerdict(2_000, 30_000, 0);

  private static Verdict verdict(DegradationCause cause) {
    return Verdict.of(List.of(new DegradationReason(cause, null, "test")));
  }

  private void observe(Verdict verdict, long millis, DegradationMode expected) {
    held.observe(verdict, millis);
    assertThat(held.verdict().mode()).as("at %d ms", millis).isEqualTo(expected);
  }

  @Test
  void entersAfterTheShortTimeAndLeavesAfterTheLongOne() {
    observe(LOST, 1_000, NORMAL);
    observe(LOST, 2_999, NORMAL);
    observe(LOST, 3_000, PARTIAL);
    assertThat(held.sinceMillis()).isEqualTo(3_000);
    observe(Verdict.NORMAL, 10_000, PARTIAL);
    observe(Verdict.NORMAL, 39_999, PARTIAL);
    assertThat(held.verdict()).as("keeps the reason").isEqualTo(LOST);
    observe(Verdict.NORMAL, 40_000, NORMAL);
    assertThat(held.verdict().reasons()).isEmpty();
    assertThat(held.sinceMillis()).isEqualTo(40_000);
  }

  @Test
  void aBreakInTheBadFactsBeginsTheWaitingAnew() {
    observe(LOST, 0, NORMAL);
    observe(Verdict.NORMAL, 1_500, NORMAL);
    observe(LOST, 2_000, NORMAL);
    observe(LOST, 3_999, NORMAL);
    observe(LOST, 4_000, PARTIAL);
  }

  @Test
  void factsThatComeAndGoNeverFlap() {
    observe(LOST, 0, NORMAL);
    observe(LOST, 2_000, PARTIAL);
    for (long millis = 2_000; millis < 600_000; millis += 20_000) {
      observe(Verdict.NORMAL, millis + 1, PARTIAL);
      observe(Verdict.NORMAL, millis + 19_000, PARTIAL);
      observe(LOST, millis + 19_500, PARTIAL);
    }
    assertThat(held.sinceMillis()).isEqualTo(2_000);
  }

  @Test
  void worseFactsCountForTheBetterModesToo() {
    observe(NOBODY, 0, NORMAL);
    observe(LOST, 1_500, NORMAL);
    observe(NOBODY, 1_900, NORMAL);
    observe(NOBODY, 2_000, PARTIAL);
    observe(NOBODY, 3_900, DEGRADED);
    observe(STALLED, 4_000, DEGRADED);
    observe(STALLED, 6_000, CRITICAL);
    assertThat(held.verdict()).isEqualTo(STALLED);
  }

  @Test
  void isLeftStepByStep() {
    observe(NOBODY, 0, NORMAL);
    observe(NOBODY, 2_000, DEGRADED);
    observe(LOST, 5_000, DEGRADED);
    assertThat(held.verdict()).isEqualTo(NOBODY);
    observe(Verdict.NORMAL, 20_000, DEGRADED);
    observe(Verdict.NORMAL, 35_000, PARTIAL);
    assertThat(held.verdict()).isEqualTo(LOST);
    observe(Verdict.NORMAL, 49_999, PARTIAL);
    observe(Verdict.NORMAL, 50_000, NORMAL);
  }

  @Test
  void aClockThatStepsBackDelaysNothingForEver() {
    observe(LOST, 100_000, NORMAL);
    observe(LOST, 50_000, NORMAL);
    observe(LOST, 52_000, PARTIAL);
  }
}
