package io.signalbox.provider.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppStatusesTest {
  @ParameterizedTest
  @CsvSource({
    "sent,, SENT, NONE",
    "delivered,, DELIVERED, NONE",
    "read,, READ, NONE",
    "played,, READ, NONE",
    "failed, 131026, BOUNCED, HARD_BOUNCE",
    "failed, 131030, REJECTED, CONFIGURATION",
    "failed, 131047, REJECTED, BLOCKED",
    "failed, 131048, REJECTED, BLOCKED",
    "failed, 131049, REJECTED, BLOCKED",
    "failed, 130472, REJECTED, BLOCKED",
    "failed, 131064, REJECTED, BLOCKED",
    "failed, 131050, REJECTED, UNSUBSCRIBED",
    "failed, 368, REJECTED, CONFIGURATION",
    "failed, 131021, FAILED, INVALID_RECIPIENT",
    "failed, 131000, FAILED, NONE",
    "failed, 131016, FAILED, NONE",
    "failed, 131056, FAILED, NONE",
    "failed, 130429, FAILED, NONE",
    "failed, 131042, FAILED, CONFIGURATION",
    "failed, 132001, FAILED, CONFIGURATION",
    "failed, 131053, FAILED, INVALID_CONTENT",
    "failed, 999999, FAILED, NONE",
    "failed,, FAILED, NONE",
    "deleted,, UNKNOWN, NONE",
    "warning,, UNKNOWN, NONE",
    "something-new, 131026, UNKNOWN, NONE"
  })
  void mapsAsDocumented(String status, String code, ReceiptStatus expected, ReasonClass reason) {
    assertThat(new WhatsAppStatuses(new WhatsAppErrors(true)).meaning(status, code))
        .isEqualTo(new WhatsAppStatuses.Meaning(expected, reason));
  }
}
