package io.signalbox.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.WebhookResult;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VonageMappingTest {
  @ParameterizedTest
  @CsvSource({
    "accepted, 0, SENT, NONE",
    "buffered, 0, DEFERRED, NONE",
    "delivered, 0, DELIVERED, NONE",
    "expired, 2, EXPIRED, EXPIRED",
    "failed, 2, BOUNCED, SOFT_BOUNCE",
    "failed, 3, BOUNCED, HARD_BOUNCE",
    "failed, 4, REJECTED, BLOCKED",
    "failed, 5, BOUNCED, HARD_BOUNCE",
    "failed, 6, REJECTED, SPAM",
    "failed, 7, BOUNCED, SOFT_BOUNCE",
    "failed, 8, BOUNCED, SOFT_BOUNCE",
    "failed, 9, REJECTED, UNSUBSCRIBED",
    "failed, 10, FAILED, INVALID_CONTENT",
    "failed, 11, BOUNCED, HARD_BOUNCE",
    "failed, 12, BOUNCED, HARD_BOUNCE",
    "failed, 13, REJECTED, BLOCKED",
    "failed, 14, REJECTED, BLOCKED",
    "failed, 15, BOUNCED, SOFT_BOUNCE",
    "failed, 50, REJECTED, BLOCKED",
    "failed, 54, REJECTED, BLOCKED",
    "failed, 99, FAILED, NONE",
    "failed,, FAILED, NONE",
    "rejected, 9, REJECTED, UNSUBSCRIBED",
    "rejected, 1, REJECTED, BLOCKED",
    "unknown, 1, UNKNOWN, NONE",
    "teleported, 1, UNKNOWN, NONE"
  })
  void mapsDeliveryReceiptsAsDocumented(
      String status, String code, ReceiptStatus expected, ReasonClass reason) {
    assertThat(SmsReceipts.meaning(status, code)).isEqualTo(new Meaning(expected, reason));
  }

  @ParameterizedTest
  @CsvSource({
    "submitted,, SENT, NONE",
    "delivered,, DELIVERED, NONE",
    "read,, READ, NONE",
    "rejected, 1360, EXPIRED, EXPIRED",
    "rejected, 1240, REJECTED, UNSUBSCRIBED",
    "rejected, 1210, REJECTED, SPAM",
    "rejected, 1050, REJECTED, BLOCKED",
    "rejected, 1170, BOUNCED, HARD_BOUNCE",
    "rejected, 1290, BOUNCED, SOFT_BOUNCE",
    "rejected, 1020, REJECTED, NONE",
    "undeliverable, 1100, FAILED, NONE",
    "teleported,, UNKNOWN, NONE"
  })
  void mapsMessageStatusesAsDocumented(
      String status, String code, ReceiptStatus expected, ReasonClass reason) {
    JsonObject event = new JsonObject().put("message_uuid", "u").put("status", status);
    if (code != null) {
      event.put("error", new JsonObject().put("type", "https://example.com/messages#" + code));
    }
    assertThat(MessageStatuses.read(event, Instant.EPOCH))
        .isInstanceOfSatisfying(
            WebhookResult.Verified.class,
            verified ->
                assertThat(verified.receipts())
                    .singleElement()
                    .satisfies(
                        receipt -> {
                          assertThat(receipt.status()).isEqualTo(expected);
                          assertThat(receipt.reason()).isEqualTo(reason);
                          assertThat(receipt.providerCode()).isEqualTo(code);
                        }));
  }
}
