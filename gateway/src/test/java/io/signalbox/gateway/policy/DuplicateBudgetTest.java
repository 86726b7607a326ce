package io.signalbox.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DuplicateBudgetTest {
  private static final long NOW = Duration.ofDays(20_000).toMillis();
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final DuplicateBudget budget = new DuplicateBudget();

  private static EffectivePolicy withBudget(String share) {
    return SamplePolicies.effective(Map.of("duplicate_budget", share));
  }

  private void begin(EffectivePolicy policy, int count) {
    for (int i = 0; i < count; i++) {
      budget.begun(policy.name(), NOW);
    }
  }

  /** How many may be sent twice until the budget is spent. */
  private int doubled(EffectivePolicy policy, int atMost) {
    int doubled = 0;
    while (doubled < atMost && budget.mayDuplicate(policy, NOW)) {
      budget.doubled(policy.name(), NOW);
      doubled++;
    }
    return doubled;
  }

  @Test
  void aShareOfWhatWasBegunMayBeSentTwice() {
    EffectivePolicy policy = withBudget("0.02");
    begin(policy, 1_000);
    assertThat(doubled(policy, 100)).isEqualTo(20);
  }

  @Test
  void aFewMayBeSentTwiceHoweverLittleWasBegun() {
    EffectivePolicy policy = withBudget("0.02");
    begin(policy, 10);
    assertThat(doubled(policy, 100)).isEqualTo(DuplicateBudget.ALWAYS_ALLOWED);
  }

  @Test
  void whatIsPlannedCountsUntilItIsGivenBack() {
    EffectivePolicy policy = withBudget("0.02");
    for (int i = 0; i < DuplicateBudget.ALWAYS_ALLOWED; i++) {
      assertThat(budget.mayDuplicate(policy, NOW)).isTrue();
      budget.reserve(policy.name(), NOW);
    }
    assertThat(budget.mayDuplicate(policy, NOW)).isFalse();
    for (int i = 0; i < DuplicateBudget.ALWAYS_ALLOWED; i++) {
      budget.giveBack(policy.name());
    }
    assertThat(doubled(policy, 100)).isEqualTo(DuplicateBudget.ALWAYS_ALLOWED);
  }

  @Test
  void noBudgetIsNoneAndNoLimitIsNoLimit() {
    EffectivePolicy none = withBudget("0");
    EffectivePolicy all = withBudget("1");
    begin(none, 100);
    assertThat(doubled(none, 1)).isZero();
    assertThat(doubled(all, 500)).isEqualTo(500);
    assertThat(doubled(SamplePolicies.effective(Map.of()), 500)).isEqualTo(500);
  }

  @Test
  void afterAnHourItIsFreeAgain() {
    EffectivePolicy policy = withBudget("0.02");
    begin(policy, 10);
    assertThat(doubled(policy, 100)).isEqualTo(3);
    assertThat(budget.mayDuplicate(policy, NOW + HOUR / 2)).isFalse();
    assertThat(budget.mayDuplicate(policy, NOW + HOUR)).isTrue();
  }

  @Test
  void whatWasSpentBeforeARestartIsSpent() {
    EffectivePolicy policy = withBudget("0.1");
    budget.restore(policy.name(), NOW - HOUR / 2, 100, 14);
    budget.restore(policy.name(), NOW - HOUR / 4, 100, 6);
    assertThat(budget.mayDuplicate(policy, NOW)).isFalse();
    Map<String, Double> shares = new HashMap<>();
    budget.shares(NOW, shares::put);
    assertThat(shares).containsEntry("sample", 0.1);
    assertThat(budget.mayDuplicate(policy, NOW + HOUR * 5 / 8)).isTrue();
  }
}
