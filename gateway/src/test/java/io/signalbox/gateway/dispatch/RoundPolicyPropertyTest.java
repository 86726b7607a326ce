package io.signalbox.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.policy.SamplePolicies;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.intake.Priority;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** For any sequence of outcomes the rounds end, and within what the policy allows. */
class RoundPolicyPropertyTest {
  private static final List<OutcomeKind> OUTCOMES =
      List.of(
          OutcomeKind.TRANSIENT,
          OutcomeKind.THROTTLED,
          OutcomeKind.PROVIDER_FAULT,
          OutcomeKind.UNKNOWN);

  @RepeatedTest(200)
  void attemptsNeverExceedThePolicy() {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    int maxAttempts = 1 + random.nextInt(20);
    int maxRounds = 1 + random.nextInt(6);
    int providers = 1 + random.nextInt(5);
    EffectivePolicy policy =
        SamplePolicies.effective(
            Map.of("max_attempts", "" + maxAttempts, "max_rounds", "" + maxRounds));
    RoundPolicy rounds = new RoundPolicy(random, millis -> 0);

    Life life = new Life(rounds, policy, random, providers);
    NextStep.Finish end = life.live();

    String what = "seed " + seed + ", " + life.item.attempts();
    long counted =
        life.item.attempts().stream()
            .filter(past -> past.outcome() != OutcomeKind.THROTTLED)
            .count();
    assertThat(counted).as(what).isLessThanOrEqualTo(maxAttempts);
    assertThat(life.item.attempts()).as(what).hasSizeLessThanOrEqualTo(AttemptId.MAX_NUMBER);
    assertThat(life.item.round()).as(what).isLessThan(maxRounds);
    assertThat(end.state()).as(what).isEqualTo(NotificationState.DEAD_LETTER);
    assertThat(end.reason()).as(what).isIn("attempts_exhausted", "rounds_exhausted", "window_over");
    if (end.reason().equals("attempts_exhausted")
        && life.item.attempts().size() < AttemptId.MAX_NUMBER) {
      assertThat(counted).as(what).isEqualTo(maxAttempts);
    }
  }

  @Test
  void throttlingAloneSpendsNothingButTime() {
    EffectivePolicy policy =
        SamplePolicies.effective(Map.of("max_attempts", "1", "max_rounds", "1", "window", "1h"));
    RoundPolicy rounds = new RoundPolicy(new SplittableRandom(3), millis -> 0);
    WorkItem item = WorkItems.fresh();
    for (int i = 0; i < 50; i++) {
      item = WorkItems.tried(item, "a", OutcomeKind.THROTTLED, WorkItems.ACCEPTED_AT + i);
      assertThat(rounds.isSpent(item, policy)).isFalse();
    }
    long now = WorkItems.ACCEPTED_AT + 60;
    NextStep next = rounds.nobodyLeft(item, policy, cooling(now), now);
    assertThat(next).isEqualTo(new NextStep.Retry(now + 2_000, 0, "a: cooling_down"));
  }

  @Test
  void theLastRoundWaitsForWhoOnlyCoolsDown() {
    EffectivePolicy policy = SamplePolicies.effective(Map.of("max_rounds", "1"));
    RoundPolicy rounds = new RoundPolicy(new SplittableRandom(3), millis -> 0);
    long now = WorkItems.ACCEPTED_AT + 60;
    WorkItem item = WorkItems.tried(WorkItems.fresh(), "b", OutcomeKind.TRANSIENT, now);
    assertThat(rounds.nobodyLeft(item, policy, cooling(now), now))
        .isEqualTo(new NextStep.Retry(now + 2_000, 0, "a: cooling_down"));
    assertThat(rounds.nobodyLeft(item, policy, Plan.NobodyLeft.unforeseen("b"), now))
        .isEqualTo(new NextStep.Finish(NotificationState.DEAD_LETTER, "rounds_exhausted"));
  }

  @Test
  void channelsWhoseTimeIsOverEndIt() {
    EffectivePolicy policy = SamplePolicies.effective(Map.of());
    RoundPolicy rounds = new RoundPolicy(new SplittableRandom(3), millis -> 0);
    assertThat(
            rounds.nobodyLeft(
                WorkItems.fresh(),
                policy,
                Plan.NobodyLeft.never("channel_deadline_over"),
                WorkItems.ACCEPTED_AT + 1))
        .isEqualTo(new NextStep.Finish(NotificationState.DEAD_LETTER, "channels_exhausted"));
  }

  private static Plan.NobodyLeft cooling(long now) {
    return new Plan.NobodyLeft(false, now + 2_000, now + 2_000, "a: cooling_down");
  }

  /**
   * A notification that is tried until it ends; each provider once a round, as the chooser does.
   */
  private static final class Life {
    private final RoundPolicy rounds;
    private final EffectivePolicy policy;
    private final SplittableRandom random;
    private final int providers;
    private long now = WorkItems.ACCEPTED_AT;
    private WorkItem item =
        WorkItems.item(WorkItems.notification(Priority.NORMAL, null, null), 0, List.of());

    Life(RoundPolicy rounds, EffectivePolicy policy, SplittableRandom random, int providers) {
      this.rounds = rounds;
      this.policy = policy;
      this.random = random;
      this.providers = providers;
    }

    NextStep.Finish live() {
      while (true) {
        if (rounds.isSpent(item, policy)) {
          return new NextStep.Finish(NotificationState.DEAD_LETTER, "attempts_exhausted");
        }
        String provider = untried();
        if (provider != null) {
          now += 1 + random.nextInt(500);
          OutcomeKind outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
          item = WorkItems.tried(item, provider, outcome, now);
          if (outcome == OutcomeKind.THROTTLED && random.nextBoolean()) {
            NextStep.Finish end = wait(cooling(now));
            if (end != null) {
              return end;
            }
          }
          continue;
        }
        NextStep.Finish end = wait(Plan.NobodyLeft.unforeseen("tried"));
        if (end != null) {
          return end;
        }
      }
    }

    private NextStep.@Nullable Finish wait(Plan.NobodyLeft nobody) {
      NextStep next = rounds.nobodyLeft(item, policy, nobody, now);
      if (next instanceof NextStep.Finish finish) {
        return finish;
      }
      NextStep.Retry retry = (NextStep.Retry) next;
      assertThat(retry.dueAtMillis()).isGreaterThanOrEqualTo(now);
      now = retry.dueAtMillis();
      item = WorkItems.item(item.notification(), retry.round(), item.attempts());
      return null;
    }

    private @Nullable String untried() {
      for (int i = 0; i < providers; i++) {
        String provider = "p" + i;
        if (item.attempts().stream().noneMatch(past -> isTried(past, provider))) {
          return provider;
        }
      }
      return null;
    }

    private boolean isTried(PastAttempt past, String provider) {
      return past.round() == item.round()
          && past.provider().equals(provider)
          && past.outcome() != OutcomeKind.THROTTLED;
    }
  }
}
