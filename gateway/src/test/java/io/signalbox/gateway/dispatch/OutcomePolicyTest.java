package io.signalbox.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.dispatch.OutcomePolicy.Verdict;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutcomePolicyTest {
  private static final long NOW = 2_000_000;
  private static final Evidence EVIDENCE = Evidence.answered(500, "x", "y");
  private static final Outcome UNKNOWN =
      new Outcome.Unknown(Evidence.unanswered(Progress.BODY_WRITTEN, "timeout", null));

  private final OutcomePolicy policy =
      new OutcomePolicy(
          new GatewayConfig.Unknown(Duration.ofSeconds(5), Duration.ofSeconds(30)),
          Duration.ofSeconds(1));
  private final SendNotification normal = WorkItems.notification(Priority.NORMAL, null, null);

  @Test
  void sentAndRejectedEnd() {
    assertThat(policy.after(new Outcome.Sent("id", EVIDENCE), normal, false, NOW))
        .isEqualTo(new Verdict.End(NotificationState.SENT, "sent"));
    assertThat(
            policy.after(
                new Outcome.Rejected(ReasonClass.HARD_BOUNCE, EVIDENCE), normal, false, NOW))
        .isEqualTo(new Verdict.End(NotificationState.FAILED, "rejected"));
  }

  @Test
  void whatCertainlyWasNotSentGoesOnAtOnce() {
    assertThat(policy.after(new Outcome.Transient(EVIDENCE), normal, false, NOW))
        .isEqualTo(new Verdict.NextProvider("transient"));
    assertThat(policy.after(new Outcome.Throttled(null, EVIDENCE), normal, false, NOW))
        .isEqualTo(new Verdict.NextProvider("throttled"));
    assertThat(policy.after(new Outcome.ProviderFault(EVIDENCE), normal, false, NOW))
        .isEqualTo(new Verdict.NextProvider("provider_fault"));
  }

  @Test
  void unknownIsWaitedForAsThePrioritySays() {
    assertThat(policy.after(UNKNOWN, normal, false, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW + 30_000, "unknown_outcome_wait"));
    SendNotification urgent = WorkItems.notification(Priority.URGENT, null, null);
    assertThat(policy.after(UNKNOWN, urgent, false, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW + 5_000, "unknown_outcome_failover"));
  }

  @Test
  void stopLeavesItToAPerson() {
    SendNotification stop = WorkItems.notification(Priority.URGENT, OnUnknown.STOP, null);
    assertThat(policy.after(UNKNOWN, stop, false, NOW))
        .isEqualTo(new Verdict.End(NotificationState.HELD, "unknown_outcome"));
  }

  @Test
  void noLongerThanTheNotificationLives() {
    SendNotification shortLived =
        WorkItems.notification(Priority.NORMAL, null, Instant.ofEpochMilli(NOW + 2_000));
    assertThat(policy.after(UNKNOWN, shortLived, false, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW + 2_000, "unknown_outcome_wait"));
  }

  @Test
  void whatComesBackFromWaitingGoesOn() {
    WorkItem waited = WorkItems.tried(WorkItems.fresh(), "a", OutcomeKind.UNKNOWN, NOW - 30_000);
    assertThat(policy.resume(waited, false, NOW))
        .isEqualTo(new Verdict.NextProvider("unknown_outcome_wait"));
  }

  @Test
  void whatANodeLeftUnderWayIsWaitedForFirst() {
    WorkItem brokenOff = WorkItems.tried(WorkItems.fresh(), "a", OutcomeKind.UNKNOWN, NOW - 100);
    assertThat(policy.resume(brokenOff, false, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW + 29_900, "unknown_outcome_wait"));
  }

  @Test
  void aFreshOneBegins() {
    assertThat(policy.resume(WorkItems.fresh(), false, NOW))
        .isInstanceOf(Verdict.NextProvider.class);
  }

  @Test
  void whereTheProviderCanBeAskedItIsAskedEarlyAndOnceMore() {
    assertThat(policy.after(UNKNOWN, normal, true, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW + 1_000, "unknown_outcome_wait"));
    WorkItem early = WorkItems.tried(WorkItems.fresh(), "a", OutcomeKind.UNKNOWN, NOW - 1_000);
    assertThat(policy.askAtMillis(normal, NOW - 1_000)).isEqualTo(NOW);
    assertThat(policy.isOver(normal, NOW - 1_000, NOW)).isFalse();
    assertThat(policy.resume(early, true, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW + 29_000, "unknown_outcome_wait"));
    assertThat(policy.isOver(normal, NOW - 30_000, NOW)).isTrue();
  }

  @Test
  void beforeAPersonHasToDecideTheProviderIsAsked() {
    SendNotification stop = WorkItems.notification(Priority.URGENT, OnUnknown.STOP, null);
    assertThat(policy.after(UNKNOWN, stop, true, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW + 1_000, "unknown_outcome_stop"));
    WorkItem asked =
        WorkItems.tried(
            WorkItems.item(stop, 0, java.util.List.of()), "a", OutcomeKind.UNKNOWN, NOW - 1_000);
    assertThat(policy.resume(asked, true, NOW))
        .isEqualTo(new Verdict.End(NotificationState.HELD, "unknown_outcome"));
  }

  @Test
  void evenAPolicyThatNeverWaitsAsksFirst() {
    OutcomePolicy atOnce =
        new OutcomePolicy(
            new GatewayConfig.Unknown(Duration.ZERO, Duration.ZERO), Duration.ofSeconds(1));
    assertThat(atOnce.after(UNKNOWN, normal, true, NOW))
        .isEqualTo(new Verdict.AwaitReceipt(NOW, "unknown_outcome_wait"));
    assertThat(atOnce.after(UNKNOWN, normal, false, NOW)).isInstanceOf(Verdict.NextProvider.class);
  }
}
