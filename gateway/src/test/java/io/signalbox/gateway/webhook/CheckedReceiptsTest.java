package io.signalbox.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckedReceiptsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static Receipt receipt(String eventId, Instant occurredAt) {
    return new Receipt(
        eventId,
        "attempt",
        "message",
        ReceiptStatus.BOUNCED,
        ReasonClass.BLOCKED,
        "bounce",
        "550",
        "no",
        "someone@example.org",
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

  @Test
  @SuppressWarnings("NullAway") // What a plugin that was built without checks may do.
  void refusesAReceiptWithoutAnEventId() {
    assertThatThrownBy(() -> CheckedReceipts.of(List.of(receipt(null, NOW)), NOW))
        .hasMessageContaining("event id");
  }
}
