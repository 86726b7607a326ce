package io.signalbox.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.dispatch.OutcomePolicy.Verdict;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.policy.SamplePolicies;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.intake.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomePolicyTest {
  private static final long NOW = 2_000_000;
  private static final Evidence EVIDENCE = Evidence.answered(500, "x", "y");
  private static final Outcome UNKNOWN =
      new Outcome.Unknown(Evidence.unanswered(Progress.BODY_WRITTEN, "timeout", null));

  private static final EffectivePolicy NORMAL = SamplePolicies.effective(Map.of());
  private static final EffectivePolicy URGENT = SamplePolicies.effective(Priority.URGENT, Map.of());
  private static final EffectivePolicy STOP =
      SamplePolicies.effective(Map.of("on_unknown", "stop"));

  private final OutcomePolicy policy = new OutcomePolicy(Duration.ofSeconds(1));
  private final WorkItem item = WorkItems.fresh();

  @Test
  void sentAndRejectedEnd() {
    assertThat(policy.after(new Outcome.Sent("id", EVIDENCE), item, NORMAL, false, NOW))
        .isEqualTo(new Verdict.End(NotificationState.SENT, "sent"));
    assertThat(
            policy.after(
                new Outcome.Rejected(ReasonClass.HARD_BOUNCE, EVIDENCE), item, NORMAL, false, NOW))
        .isEqualTo(new Verdict.End(NotificationState.FAILED, "rejected"));
  }

  @Test
  void whatCertainlyWasNotSentGoesOnAtOnce() {
    assertThat(policy.after(new Outcome.Transient(EVIDENCE), item, NORMAL, false, NOW))
        .isEqualTo(new Verdict.NextProvider("transient"));
    assertThat(policy.after(new Outcome.Throttled(null, EVIDENCE), item, NORMAL, false, NOW))
        .isEqualTo(new Verdict.NextProvider("throttled"));
    assertThat(policy.after(new Outcome.ProviderFault(EVIDENCE), item, NORMAL, false, NOW))
        .isEqualTo(new Verdict.NextProvider("provider_fault"));
  }

  @Test
  void unknownIsWaitedForAsThePrioritySays() {
    assertThat(policy.after(UNKNOWN, item, NORMAL, false, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW + 30_000, "unknown_outcome_wait"));
    assertThat(policy.after(UNKNOWN, item, URGENT, false, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW + 5_000, "unknown_outcome_failover"));
  }

  @Test
  void stopLeavesItToAPerson() {
    assertThat(policy.after(UNKNOWN, item, STOP, false, NOW))
        .isEqualTo(new Verdict.End(NotificationState.HELD, "unknown_outcome"));
  }

  @Test
  void noLongerThanTheNotificationLives() {
    WorkItem shortLived =
        WorkItems.item(
            WorkItems.notification(Priority.NORMAL, null, Instant.ofEpochMilli(NOW + 2_000)),
            0,
            List.of());
    assertThat(policy.after(UNKNOWN, shortLived, NORMAL, false, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW + 2_000, "unknown_outcome_wait"));
  }

  @Test
  void whatComesBackFromWaitingGoesOn() {
    WorkItem waited = WorkItems.tried(WorkItems.fresh(), "a", OutcomeKind.UNKNOWN, NOW - 30_000);
    assertThat(policy.resume(waited, NORMAL, false, NOW))
        .isEqualTo(new Verdict.NextProvider("unknown_outcome_wait"));
  }

  @Test
  void whatANodeLeftUnderWayIsWaitedForFirst() {
    WorkItem brokenOff = WorkItems.tried(WorkItems.fresh(), "a", OutcomeKind.UNKNOWN, NOW - 100);
    assertThat(policy.resume(brokenOff, NORMAL, false, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW + 29_900, "unknown_outcome_wait"));
  }

  @Test
  void aFreshOneBegins() {
    assertThat(policy.resume(WorkItems.fresh(), NORMAL, false, NOW))
        .isInstanceOf(Verdict.NextProvider.class);
  }

  @Test
  void whereTheProviderCanBeAskedItIsAskedEarlyAndOnceMore() {
    assertThat(policy.after(UNKNOWN, item, NORMAL, true, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW + 1_000, "unknown_outcome_wait"));
    WorkItem early = WorkItems.tried(WorkItems.fresh(), "a", OutcomeKind.UNKNOWN, NOW - 1_000);
    assertThat(policy.askAtMillis(item, NORMAL, NOW - 1_000)).isEqualTo(NOW);
    assertThat(policy.isOver(item, NORMAL, NOW - 1_000, NOW)).isFalse();
    assertThat(policy.resume(early, NORMAL, true, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW + 29_000, "unknown_outcome_wait"));
    assertThat(policy.isOver(item, NORMAL, NOW - 30_000, NOW)).isTrue();
  }

  @Test
  void beforeAPersonHasToDecideTheProviderIsAsked() {
    assertThat(policy.after(UNKNOWN, item, STOP, true, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW + 1_000, "unknown_outcome_stop"));
    WorkItem asked = WorkItems.tried(WorkItems.fresh(), "a", OutcomeKind.UNKNOWN, NOW - 1_000);
    assertThat(policy.resume(asked, STOP, true, NOW))
        .isEqualTo(new Verdict.End(NotificationState.HELD, "unknown_outcome"));
  }

  @Test
  void evenAPolicyThatNeverWaitsAsksFirst() {
    EffectivePolicy atOnce = SamplePolicies.effective(Map.of("unknown_wait", "0s"));
    assertThat(policy.after(UNKNOWN, item, atOnce, true, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW, "unknown_outcome_wait"));
    assertThat(policy.after(UNKNOWN, item, atOnce, false, NOW))
        .isInstanceOf(Verdict.NextProvider.class);
  }

  @Test
  void aPolicyMayGoOnAfterARefusal() {
    EffectivePolicy goesOn = SamplePolicies.effective(Map.of("failover_on_rejected", "true"));
    Outcome refused = new Outcome.Rejected(ReasonClass.HARD_BOUNCE, EVIDENCE);
    assertThat(policy.after(refused, item, goesOn, false, NOW))
        .isEqualTo(new Verdict.NextProvider("rejected"));
  }

  @Test
  void noLongerThanThePolicyLetsTheNotificationLive() {
    EffectivePolicy shortLived = SamplePolicies.effective(Map.of("notification_timeout", "10s"));
    long now = WorkItems.ACCEPTED_AT + 2_000;
    assertThat(policy.after(UNKNOWN, item, shortLived, false, now))
        .isEqualTo(
            new Verdict.AwaitReceipt(WorkItems.ACCEPTED_AT + 10_000, "unknown_outcome_wait"));
  }
}
