package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SuppressionRuleTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          BOUNCED,      HARD_BOUNCE,       HARD_BOUNCE
          FAILED,       INVALID_RECIPIENT, INVALID_RECIPIENT
          REJECTED,     UNSUBSCRIBED,      UNSUBSCRIBED
          REJECTED,     COMPLAINT,         COMPLAINT
          COMPLAINED,   NONE,              COMPLAINT
          UNSUBSCRIBED, NONE,              UNSUBSCRIBED
          BOUNCED,      SOFT_BOUNCE,
          FAILED,       SUPPRESSED,
          REJECTED,     SPAM,
          FAILED,       BLOCKED,
          EXPIRED,      HARD_BOUNCE,
          DEFERRED,     HARD_BOUNCE,
          DELIVERED,    NONE,
          """)
  void aReceiptListsForCertainReasonsOnly(
      ReceiptStatus status, ReasonClass reason, SuppressionReason expected) {
    assertThat(SuppressionRule.after(receipt(status, reason)))
        .isEqualTo(Optional.ofNullable(expected));
  }

  @ParameterizedTest
  @EnumSource(ReasonClass.class)
  void aRefusalListsForTheAddressAloneNotForThePairOfAddresses(ReasonClass reason) {
    Optional<SuppressionReason> expected =
        switch (reason) {
          case HARD_BOUNCE -> Optional.of(SuppressionReason.HARD_BOUNCE);
          case COMPLAINT -> Optional.of(SuppressionReason.COMPLAINT);
          case UNSUBSCRIBED -> Optional.of(SuppressionReason.UNSUBSCRIBED);
          default -> Optional.empty();
        };
    assertThat(
            SuppressionRule.after(
                new Outcome.Rejected(reason, Evidence.answered(400, "code", "text"))))
        .isEqualTo(expected);
  }

  @Test
  void noOtherOutcomeLists() {
    Evidence evidence = Evidence.answered(500, "code", "text");
    assertThat(SuppressionRule.after(new Outcome.Transient(evidence))).isEmpty();
    assertThat(SuppressionRule.after(new Outcome.Unknown(evidence))).isEmpty();
    assertThat(SuppressionRule.after(new Outcome.Sent("m", evidence))).isEmpty();
  }

  private static Receipt receipt(ReceiptStatus status, ReasonClass reason) {
    return new Receipt(
        "e", null, null, status, reason, "raw", null, null, null, Instant.ofEpochMilli(1));
  }
}
