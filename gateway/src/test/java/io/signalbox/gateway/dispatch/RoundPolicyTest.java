package io.signalbox.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.policy.SamplePolicies;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.intake.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundPolicyTest {
  private static final long NOW = WorkItems.ACCEPTED_AT + 1_000;
  private static final Plan.NobodyLeft NOBODY = Plan.NobodyLeft.unforeseen("no_provider");

  private static final EffectivePolicy POLICY = SamplePolicies.effective(Map.of());

  private final RoundPolicy rounds = new RoundPolicy(new SplittableRandom(1), millis -> 0);

  private static WorkItem failedIn(int round) {
    WorkItem item = WorkItems.fresh();
    for (int i = 0; i <= round; i++) {
      item = WorkItems.item(item.notification(), i, item.attempts());
      item = WorkItems.tried(item, "a", OutcomeKind.TRANSIENT, NOW);
    }
    return item;
  }

  /** As if no provider had been asked in all these rounds. */
  private static WorkItem unasked(WorkItem item) {
    return item.withAttempts(
        item.attempts().stream()
            .map(
                past ->
                    new PastAttempt(
                        past.number(),
                        past.round(),
                        past.channel(),
                        past.provider(),
                        past.outcome(),
                        past.receipt(),
                        null,
                        past.startedAtMillis(),
                        past.endedAtMillis(),
                        false))
            .toList());
  }

  @Test
  void aRoundInWhichSomebodyWasTriedCounts() {
    NextStep next = rounds.nobodyLeft(failedIn(0), POLICY, NOBODY, NOW);
    assertThat(next).isInstanceOf(NextStep.Retry.class);
    NextStep.Retry retry = (NextStep.Retry) next;
    assertThat(retry.round()).isEqualTo(1);
    assertThat(retry.reason()).isEqualTo("next_round");
    assertThat(retry.dueAtMillis()).isBetween(NOW, NOW + 2_000);
  }

  @Test
  void afterTheLastRoundItIsADeadLetter() {
    assertThat(rounds.nobodyLeft(failedIn(2), POLICY, NOBODY, NOW))
        .isEqualTo(new NextStep.Finish(NotificationState.DEAD_LETTER, "rounds_exhausted"));
  }

  @Test
  void roundsInWhichNobodyWasAskedDoNotCountButWaitLongerEachTime() {
    WorkItem item = unasked(failedIn(5));
    NextStep.Retry retry = (NextStep.Retry) rounds.nobodyLeft(item, POLICY, NOBODY, NOW);
    assertThat(retry.round()).isEqualTo(6);
    assertThat(retry.reason()).isEqualTo("next_round");
    assertThat(retry.dueAtMillis()).isBetween(NOW, NOW + 64_000);

    for (int round = 6; round < 8; round++) {
      item = WorkItems.item(item.notification(), round, item.attempts());
      item = WorkItems.tried(item, "a", OutcomeKind.TRANSIENT, NOW);
      assertThat(rounds.nobodyLeft(item, POLICY, NOBODY, NOW)).isInstanceOf(NextStep.Retry.class);
    }
    item = WorkItems.item(item.notification(), 8, item.attempts());
    item = WorkItems.tried(item, "a", OutcomeKind.TRANSIENT, NOW);
    assertThat(rounds.nobodyLeft(item, POLICY, NOBODY, NOW))
        .isEqualTo(new NextStep.Finish(NotificationState.DEAD_LETTER, "rounds_exhausted"));
  }

  @Test
  void aRoundWithoutAnybodyDoesNotCount() {
    Plan.NobodyLeft open =
        new Plan.NobodyLeft(false, Long.MAX_VALUE, NOW + 3_000, "a: breaker_open");
    assertThat(rounds.nobodyLeft(WorkItems.fresh(), POLICY, open, NOW))
        .isEqualTo(new NextStep.Retry(NOW + 3_000, 0, "a: breaker_open"));
    // Somebody may reset the breaker long before.
    Plan.NobodyLeft openForLong =
        new Plan.NobodyLeft(false, Long.MAX_VALUE, NOW + 300_000, "a: breaker_open");
    assertThat(rounds.nobodyLeft(WorkItems.fresh(), POLICY, openForLong, NOW))
        .isEqualTo(new NextStep.Retry(NOW + 5_000, 0, "a: breaker_open"));
    assertThat(rounds.nobodyLeft(WorkItems.fresh(), POLICY, NOBODY, NOW))
        .isEqualTo(new NextStep.Retry(NOW + 5_000, 0, "no_provider"));
  }

  @Test
  void theWindowEnds() {
    long late = WorkItems.ACCEPTED_AT + Duration.ofHours(24).toMillis();
    assertThat(rounds.nobodyLeft(WorkItems.fresh(), POLICY, NOBODY, late))
        .isEqualTo(new NextStep.Finish(NotificationState.DEAD_LETTER, "window_over"));
  }

  @Test
  void aShortLifeEndsOnTimeAndNotBefore() {
    Instant expiresAt = Instant.ofEpochMilli(NOW + 500);
    WorkItem item =
        WorkItems.item(
            WorkItems.notification(Priority.NORMAL, null, expiresAt),
            0,
            List.of(
                new PastAttempt(1, 0, Channel.EMAIL, "a", OutcomeKind.TRANSIENT, NOW - 1, NOW)));
    assertThat(rounds.isOver(item, POLICY, NOW)).isFalse();
    NextStep next =
        rounds.nobodyLeft(
            item, POLICY, new Plan.NobodyLeft(false, Long.MAX_VALUE, NOW + 60_000, "x"), NOW);
    assertThat(((NextStep.Retry) next).dueAtMillis()).isLessThanOrEqualTo(NOW + 500);
    assertThat(rounds.isOver(item, POLICY, NOW + 500)).isTrue();
  }
}
