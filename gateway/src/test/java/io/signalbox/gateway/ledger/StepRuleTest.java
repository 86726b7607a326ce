package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.model.NotificationState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepRuleTest {
  private static final NextStep RETRY = new NextStep.Retry(5, 2, "exhausted");
  private static final NextStep SENT = new NextStep.Finish(NotificationState.SENT, "sent");
  private static final NextStep FAILED = new NextStep.Finish(NotificationState.FAILED, "rejected");

  @ParameterizedTest
  @EnumSource(NotificationState.class)
  void appliesToTheLatestAttemptOfAnOpenNotification(NotificationState state) {
    assertThat(StepRule.appliesAfterAttempt(state, true, RETRY)).isEqualTo(state.isOpen());
    assertThat(StepRule.appliesAfterAttempt(state, true, FAILED)).isEqualTo(state.isOpen());
    assertThat(StepRule.appliesAfterAttempt(state, false, RETRY)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(NotificationState.class)
  void sentCountsForAnyAttemptUnlessMoreIsKnown(NotificationState state) {
    assertThat(StepRule.appliesAfterAttempt(state, false, SENT))
        .isEqualTo(state.isOpen() || state == NotificationState.HELD);
  }

  @Test
  void leadsWhereTheStepSays() {
    assertThat(StepRule.position(RETRY, 1))
        .isEqualTo(new StepRule.Position(NotificationState.QUEUED, 5L, 2, "exhausted"));
    assertThat(StepRule.position(new NextStep.Await(9, "unknown"), 1))
        .isEqualTo(new StepRule.Position(NotificationState.PROCESSING, 9L, 1, "unknown"));
    assertThat(StepRule.position(FAILED, 1))
        .isEqualTo(new StepRule.Position(NotificationState.FAILED, null, 1, "rejected"));
  }

  @Test
  void refusesAnEndThatIsNone() {
    for (NotificationState state :
        new NotificationState[] {NotificationState.QUEUED, NotificationState.DELIVERED}) {
      assertThatThrownBy(() -> StepRule.position(new NextStep.Finish(state, "done"), 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
