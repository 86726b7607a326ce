package io.signalbox.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ReceiptStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NotificationStateTest {

  @ParameterizedTest
  @EnumSource(ReceiptStatus.class)
  void nothingOverwritesDelivered(ReceiptStatus status) {
    assertThat(NotificationState.DELIVERED.after(status)).isEqualTo(NotificationState.DELIVERED);
  }

  @ParameterizedTest
  @EnumSource(NotificationState.class)
  void receiptsNeverMoveBackwards(NotificationState state) {
    for (ReceiptStatus status : ReceiptStatus.values()) {
      assertThat(state.after(status).rank()).isGreaterThanOrEqualTo(state.rank());
    }
  }

  @Test
  void aReceiptDuringTheAttemptIsEnough() {
    assertThat(NotificationState.PROCESSING.after(ReceiptStatus.DELIVERED))
        .isEqualTo(NotificationState.DELIVERED);
    assertThat(NotificationState.SENT.after(ReceiptStatus.BOUNCED))
        .isEqualTo(NotificationState.FAILED);
    assertThat(NotificationState.FAILED.after(ReceiptStatus.SENT))
        .isEqualTo(NotificationState.FAILED);
  }

  @Test
  void sideFactsLeaveTheStateAlone() {
    assertThat(NotificationState.SENT.after(ReceiptStatus.COMPLAINED))
        .isEqualTo(NotificationState.SENT);
    assertThat(NotificationState.SENT.after(ReceiptStatus.UNKNOWN))
        .isEqualTo(NotificationState.SENT);
  }

  @Test
  void ourOwnStepDoesNotUndoAReceipt() {
    assertThat(NotificationState.DELIVERED.advancedTo(NotificationState.QUEUED))
        .isEqualTo(NotificationState.DELIVERED);
    assertThat(NotificationState.PROCESSING.advancedTo(NotificationState.QUEUED))
        .isEqualTo(NotificationState.QUEUED);
  }
}
