package io.signalbox.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioStatusesTest {
  @ParameterizedTest
  @CsvSource({
    "accepted,, ACCEPTED, NONE",
    "scheduled,, ACCEPTED, NONE",
    "queued,, QUEUED, NONE",
    "sending,, QUEUED, NONE",
    "sent,, SENT, NONE",
    "partially_delivered,, SENT, NONE",
    "delivered,, DELIVERED, NONE",
    "read,, READ, NONE",
    "undelivered, 30003, BOUNCED, SOFT_BOUNCE",
    "undelivered, 30004, REJECTED, BLOCKED",
    "undelivered, 30005, BOUNCED, HARD_BOUNCE",
    "undelivered, 30006, BOUNCED, HARD_BOUNCE",
    "undelivered, 30007, REJECTED, BLOCKED",
    "undelivered, 30008, BOUNCED, SOFT_BOUNCE",
    "undelivered, 30009, BOUNCED, SOFT_BOUNCE",
    "undelivered, 30034, BOUNCED, CONFIGURATION",
    "undelivered, 63024, BOUNCED, HARD_BOUNCE",
    "undelivered, 99999, BOUNCED, SOFT_BOUNCE",
    "undelivered,, BOUNCED, SOFT_BOUNCE",
    "failed, 30001, FAILED, NONE",
    "failed, 30002, FAILED, CONFIGURATION",
    "failed, 30007, REJECTED, BLOCKED",
    "failed, 63016, REJECTED, BLOCKED",
    "failed,, FAILED, NONE",
    "canceled,, FAILED, NONE",
    "receiving,, UNKNOWN, NONE",
    "something-new, 30003, UNKNOWN, NONE"
  })
  void mapsAsDocumented(String status, String code, ReceiptStatus expected, ReasonClass reason) {
    assertThat(TwilioStatuses.meaning(status, code))
        .isEqualTo(new TwilioStatuses.Meaning(expected, reason));
  }
}
