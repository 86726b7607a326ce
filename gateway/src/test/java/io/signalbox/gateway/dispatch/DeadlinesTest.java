package io.signalbox.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.policy.SamplePolicies;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.intake.Priority;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlinesTest {
  private static final long NOW = WorkItems.ACCEPTED_AT;

  private static WorkItem livesFor(long millis) {
    return WorkItems.item(
        WorkItems.notification(Priority.NORMAL, null, Instant.ofEpochMilli(NOW + millis)),
        0,
        List.of());
  }

  @ParameterizedTest
  @CsvSource({
    // lives for, attempt_timeout, too late from this on
    "120000, 0s, 119001",
    "120000, 400ms, 119601",
    "120000, 5s, 119001",
    "2000, 0s, 1501",
    "4000, 0s, 3001",
    "1, 0s, 1",
  })
  void noAttemptBeginsWithTooLittleTimeLeft(long livesFor, String attemptTimeout, long from) {
    EffectivePolicy policy = SamplePolicies.effective(Map.of("attempt_timeout", attemptTimeout));
    WorkItem item = livesFor(livesFor);
    assertThat(Deadlines.isTooLate(item, policy, NOW + from - 1)).isFalse();
    assertThat(Deadlines.isTooLate(item, policy, NOW + from)).isTrue();
  }

  @Test
  void withoutADeadlineItIsNeverTooLate() {
    EffectivePolicy policy = SamplePolicies.effective(Map.of());
    assertThat(Deadlines.isTooLate(WorkItems.fresh(), policy, NOW + 1_000_000_000)).isFalse();
  }

  @Test
  void aChannelIsLeftBeforeItsTimeIsOver() {
    EffectivePolicy policy = SamplePolicies.effective(Map.of("channel_timeout", "10s"));
    WorkItem item = WorkItems.tried(WorkItems.fresh(), "first", OutcomeKind.TRANSIENT, NOW + 100);
    assertThat(Deadlines.isTooLate(item, policy, Channel.EMAIL, NOW + 9_000)).isFalse();
    assertThat(Deadlines.isTooLate(item, policy, Channel.EMAIL, NOW + 9_001)).isTrue();
    assertThat(Deadlines.isTooLate(item, policy, Channel.SMS, NOW + 9_001)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0s, 10000", "3s, 3000", "30s, 10000", "999ms, 10000", "1s, 1000"})
  void aShortWishOfThePolicyIsNoMeasureOfAProvider(String attemptTimeout, long full) {
    EffectivePolicy policy = SamplePolicies.effective(Map.of("attempt_timeout", attemptTimeout));
    assertThat(Deadlines.fullAttemptMillis(policy, 10_000)).isEqualTo(full);
  }
}
