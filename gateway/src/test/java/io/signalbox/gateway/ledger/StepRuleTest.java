package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.StepRule.Standing;
import io.signalbox.gateway.model.NotificationState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepRuleTest {
  private static final NextStep RETRY = new NextStep.Retry(5, 2, "exhausted");
  private static final NextStep SENT = new NextStep.Finish(NotificationState.SENT, "sent");
  private static final NextStep FAILED = new NextStep.Finish(NotificationState.FAILED, "rejected");

  private static final Standing OPEN = new Standing(NotificationState.PROCESSING, 1, true);
  private static final Standing SENT_BEFORE = new Standing(NotificationState.SENT, 1, true);

  @ParameterizedTest
  @EnumSource(NotificationState.class)
  void appliesToTheLatestAttemptOfAnOpenNotification(NotificationState state) {
    assertThat(StepRule.appliesAfterAttempt(state, true, false, RETRY)).isEqualTo(state.isOpen());
    assertThat(StepRule.appliesAfterAttempt(state, true, false, FAILED)).isEqualTo(state.isOpen());
    assertThat(StepRule.appliesAfterAttempt(state, false, false, RETRY)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(NotificationState.class)
  void sentCountsForAnyAttemptUnlessMoreIsKnown(NotificationState state) {
    assertThat(StepRule.appliesAfterAttempt(state, false, false, SENT))
        .isEqualTo(state.isOpen() || state == NotificationState.HELD);
  }

  @Test
  void leadsWhereTheStepSays() {
    assertThat(StepRule.position(RETRY, OPEN))
        .isEqualTo(new StepRule.Position(NotificationState.QUEUED, 5L, 2, "exhausted"));
    assertThat(StepRule.position(new NextStep.Await(9, "unknown"), OPEN))
        .isEqualTo(new StepRule.Position(NotificationState.PROCESSING, 9L, 1, "unknown"));
    assertThat(StepRule.position(FAILED, OPEN))
        .isEqualTo(new StepRule.Position(NotificationState.FAILED, null, 1, "rejected"));
  }

  @Test
  void refusesAnEndThatIsNone() {
    for (NotificationState state :
        new NotificationState[] {NotificationState.QUEUED, NotificationState.DELIVERED}) {
      assertThatThrownBy(() -> StepRule.position(new NextStep.Finish(state, "done"), OPEN))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(NotificationState.class)
  void followsAConfirmationsFailoverWhileTheNotificationIsSent(NotificationState state) {
    assertThat(StepRule.appliesAfterAttempt(state, true, true, RETRY))
        .isEqualTo(state.isOpen() || state == NotificationState.SENT);
    assertThat(StepRule.appliesAfterAttempt(state, false, true, RETRY)).isFalse();
  }

  @Test
  void neverLeadsBackFromSent() {
    for (NextStep next :
        List.of(RETRY, new NextStep.Await(9, "unknown"), new NextStep.Confirm(9, "sent"), SENT)) {
      assertThat(StepRule.position(next, SENT_BEFORE).state()).isEqualTo(NotificationState.SENT);
    }
    for (NotificationState state :
        List.of(NotificationState.HELD, NotificationState.DEAD_LETTER, NotificationState.FAILED)) {
      assertThatThrownBy(() -> StepRule.position(new NextStep.Finish(state, "done"), SENT_BEFORE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void unconfirmedStaysSentWhileAnythingMayHaveArrived() {
    NextStep unconfirmed = new NextStep.Unconfirmed("no_provider");

    assertThat(StepRule.position(unconfirmed, SENT_BEFORE))
        .isEqualTo(new StepRule.Position(NotificationState.SENT, null, 1, "unconfirmed"));
    assertThat(StepRule.position(unconfirmed, new Standing(NotificationState.SENT, 1, false)))
        .isEqualTo(new StepRule.Position(NotificationState.FAILED, null, 1, "not_delivered"));
  }

  @Test
  void aWishToCancelLeavesWhatWasSentOrRefused() {
    assertThat(StepRule.afterCancelWish(SENT, true)).isEqualTo(SENT);
    assertThat(StepRule.afterCancelWish(new NextStep.Confirm(9, "sent"), true)).isEqualTo(SENT);
    assertThat(StepRule.afterCancelWish(FAILED, false)).isEqualTo(FAILED);
    for (NextStep next :
        List.of(
            RETRY,
            new NextStep.Await(9, "unknown"),
            new NextStep.Finish(NotificationState.HELD, "unknown_outcome"),
            new NextStep.Finish(NotificationState.DEAD_LETTER, "rounds_exhausted"))) {
      assertThat(StepRule.afterCancelWish(next, false))
          .isEqualTo(new NextStep.Finish(NotificationState.CANCELLED, "cancelled"));
      assertThat(StepRule.afterCancelWish(next, true))
          .isEqualTo(
              new NextStep.Finish(NotificationState.CANCELLED, "cancelled_with_unknown_outcome"));
    }
  }
}
