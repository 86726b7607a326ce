package io.signalbox.provider.mailgun;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventMeaningTest {
  @ParameterizedTest
  @CsvSource({
    "accepted,,,,, QUEUED, NONE",
    "delivered,,,,, DELIVERED, NONE",
    "opened,,,,, OPENED, NONE",
    "clicked,,,,, CLICKED, NONE",
    "complained,,,,, COMPLAINED, COMPLAINT",
    "unsubscribed,,,,, UNSUBSCRIBED, UNSUBSCRIBED",
    "rejected,,,,, REJECTED, NONE",
    "stored,,,,, UNKNOWN, NONE",
    "teleported,,,,, UNKNOWN, NONE",
    "failed, temporary, generic, 451,, DEFERRED, SOFT_BOUNCE",
    "failed, temporary, greylisted, 450,, DEFERRED, SOFT_BOUNCE",
    "failed, permanent, bounce, 550,, BOUNCED, HARD_BOUNCE",
    "failed, permanent, bounce, 550, hard, BOUNCED, HARD_BOUNCE",
    "failed, permanent, bounce, 552, soft, BOUNCED, SOFT_BOUNCE",
    "failed, permanent, hardfail, 550,, BOUNCED, HARD_BOUNCE",
    "failed, permanent, generic, 599,, BOUNCED, HARD_BOUNCE",
    "failed, permanent, generic, 498,, BOUNCED, SOFT_BOUNCE",
    "failed, permanent, generic, 605,, BOUNCED, SOFT_BOUNCE",
    "failed, permanent, generic,,, BOUNCED, SOFT_BOUNCE",
    "failed, permanent, greylisted, 550,, BOUNCED, SOFT_BOUNCE",
    "failed, permanent, something-new, 550,, BOUNCED, HARD_BOUNCE",
    "failed, permanent,,,, BOUNCED, SOFT_BOUNCE",
    "failed, permanent, espblock, 550,, REJECTED, BLOCKED",
    "failed, permanent, blacklisted, 550,, REJECTED, BLOCKED",
    "failed, permanent, suppress-bounce, 605,, REJECTED, SUPPRESSED",
    "failed, permanent, suppress-complaint, 607,, REJECTED, COMPLAINT",
    "failed, permanent, suppress-unsubscribe, 606,, REJECTED, UNSUBSCRIBED",
    "failed, permanent, old, 602,, EXPIRED, EXPIRED",
    "failed, internal, bounce, 550,, UNKNOWN, NONE",
    "failed,,,,, UNKNOWN, NONE"
  })
  void mapsAsDocumented(
      String type,
      String severity,
      String reason,
      Integer code,
      String bounceType,
      ReceiptStatus status,
      ReasonClass expectedReason) {
    JsonObject event =
        new JsonObject()
            .put("severity", severity)
            .put("reason", reason)
            .put(
                "delivery-status",
                new JsonObject().put("code", code).put("bounce-type", bounceType));

    assertThat(EventMeaning.of(type, event)).isEqualTo(new EventMeaning(status, expectedReason));
  }
}
