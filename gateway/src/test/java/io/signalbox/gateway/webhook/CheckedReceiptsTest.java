package io.signalbox.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedReceiptsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static Receipt receipt(String eventId, Instant occurredAt) {
    return saying("no", "someone@example.org", eventId, occurredAt);
  }

  private static Receipt saying(String text, String recipient, String eventId, Instant occurredAt) {
    return new Receipt(
        eventId,
        "attempt",
        "message",
        ReceiptStatus.BOUNCED,
        ReasonClass.BLOCKED,
        "bounce",
        "550",
        text,
        recipient,
        occurredAt);
  }

  @Test
  void leavesGoodReceiptsAsTheyAre() {
    List<Receipt> good = List.of(receipt("1", NOW), receipt("2", Instant.EPOCH));

    assertThat(CheckedReceipts.of(good, NOW.plusSeconds(1))).isEqualTo(good);
  }

  @Test
  void aTimeThatNoCalendarHasBecomesTheTimeOfArrival() {
    List<Receipt> odd =
        List.of(receipt("1", Instant.MAX), receipt("2", Instant.MIN), receipt("3", NOW));

    assertThat(CheckedReceipts.of(odd, NOW))
        .containsExactly(receipt("1", NOW), receipt("2", NOW), receipt("3", NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "550 5.1.1 <Someone@example.org>: unknown, someone@example.org, 550 5.1.1 <(recipient)>: unknown",
    "no mailbox else@example.com here, +15558675310, no mailbox (recipient) here",
    "15558675310 is not reachable, +15558675310, (recipient) is not reachable",
    "+15558675310 is not reachable, 15558675310, (recipient) is not reachable",
    "error 30003 at 12, 12, error 30003 at 12"
  })
  void providersWordsNameNobody(String text, String recipient, String masked) {
    assertThat(CheckedReceipts.of(List.of(saying(text, recipient, "1", NOW)), NOW))
        .containsExactly(saying(masked, recipient, "1", NOW));
  }

  @Test
  @SuppressWarnings("NullAway") // What a plugin that was built without checks may do.
  void refusesAReceiptWithoutAnEventId() {
    assertThatThrownBy(() -> CheckedReceipts.of(List.of(receipt(null, NOW)), NOW))
        .hasMessageContaining("event id");
  }
}
