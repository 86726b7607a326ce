package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.ReceiptRule.Standing;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReceiptStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReceiptRuleTest {

  @ParameterizedTest
  @EnumSource(NotificationState.class)
  void deliveryOfAnyAttemptDelivers(NotificationState state) {
    assertThat(after(state, false, true, ReceiptStatus.BOUNCED, ReceiptStatus.DELIVERED))
        .isEqualTo(NotificationState.DELIVERED);
  }

  @ParameterizedTest
  @EnumSource(NotificationState.class)
  void nothingMovesBackward(NotificationState state) {
    for (ReceiptStatus status : ReceiptStatus.values()) {
      NotificationState after = after(state, true, false, ReceiptStatus.UNKNOWN, status);
      assertThat(after.rank()).isGreaterThanOrEqualTo(state.rank());
    }
  }

  @Test
  void badNewsOfTheLatestAttemptFails() {
    assertThat(
            after(
                NotificationState.PROCESSING,
                true,
                false,
                ReceiptStatus.UNKNOWN,
                ReceiptStatus.BOUNCED))
        .isEqualTo(NotificationState.FAILED);
    assertThat(
            after(NotificationState.SENT, true, false, ReceiptStatus.SENT, ReceiptStatus.EXPIRED))
        .isEqualTo(NotificationState.EXPIRED);
  }

  @Test
  void badNewsOfAnOldAttemptFailsNothingThatMayStillArrive() {
    for (NotificationState state :
        new NotificationState[] {
          NotificationState.QUEUED, NotificationState.PROCESSING, NotificationState.SENT
        }) {
      assertThat(after(state, false, true, ReceiptStatus.UNKNOWN, ReceiptStatus.BOUNCED))
          .isEqualTo(state);
    }
    assertThat(
            after(
                NotificationState.QUEUED,
                false,
                false,
                ReceiptStatus.UNKNOWN,
                ReceiptStatus.BOUNCED))
        .isEqualTo(NotificationState.QUEUED);
  }

  @Test
  void badNewsOfAnOldAttemptFailsWhenNothingElseCanArrive() {
    assertThat(
            after(NotificationState.SENT, false, false, ReceiptStatus.SENT, ReceiptStatus.BOUNCED))
        .isEqualTo(NotificationState.FAILED);
  }

  @ParameterizedTest
  @EnumSource(
      value = OutcomeKind.class,
      names = {"TRANSIENT", "THROTTLED", "PROVIDER_FAULT"})
  void badNewsOfAFailureThatIsKnownLeavesThePlannedRetry(OutcomeKind outcome) {
    assertThat(afterOutcome(NotificationState.QUEUED, outcome, ReceiptStatus.FAILED))
        .isEqualTo(NotificationState.QUEUED);
    assertThat(afterOutcome(NotificationState.QUEUED, outcome, ReceiptStatus.DELIVERED))
        .isEqualTo(NotificationState.DELIVERED);
    assertThat(afterOutcome(NotificationState.QUEUED, OutcomeKind.UNKNOWN, ReceiptStatus.FAILED))
        .isEqualTo(NotificationState.FAILED);
  }

  @Test
  void ignoresALateSentOfAnAttemptThatHasBounced() {
    assertThat(
            after(
                NotificationState.QUEUED, false, false, ReceiptStatus.BOUNCED, ReceiptStatus.SENT))
        .isEqualTo(NotificationState.QUEUED);
  }

  @Test
  void resolvesAnUnknownOutcomeOnce() {
    assertThat(
            ReceiptRule.resolvesUnknown(
                OutcomeKind.UNKNOWN, ReceiptStatus.UNKNOWN, ReceiptStatus.SENT))
        .isTrue();
    assertThat(
            ReceiptRule.resolvesUnknown(
                OutcomeKind.UNKNOWN, ReceiptStatus.SENT, ReceiptStatus.DELIVERED))
        .isFalse();
    assertThat(
            ReceiptRule.resolvesUnknown(
                OutcomeKind.UNKNOWN, ReceiptStatus.UNKNOWN, ReceiptStatus.COMPLAINED))
        .isFalse();
    assertThat(ReceiptRule.resolvesUnknown(null, ReceiptStatus.UNKNOWN, ReceiptStatus.SENT))
        .isFalse();
  }

  private static NotificationState afterOutcome(
      NotificationState state, OutcomeKind outcome, ReceiptStatus status) {
    return ReceiptRule.after(
        new Standing(state, true, false, ReceiptStatus.UNKNOWN, outcome), status);
  }

  private static NotificationState after(
      NotificationState state,
      boolean latest,
      boolean laterMayArrive,
      ReceiptStatus best,
      ReceiptStatus status) {
    return ReceiptRule.after(new Standing(state, latest, laterMayArrive, best, null), status);
  }
}
