package io.signalbox.provider.postmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventMeaningTest {
  @ParameterizedTest
  @CsvSource({
    "HardBounce, BOUNCED, HARD_BOUNCE",
    "SoftBounce, BOUNCED, SOFT_BOUNCE",
    "VirusNotification, BOUNCED, SOFT_BOUNCE",
    "Unknown, BOUNCED, SOFT_BOUNCE",
    "Transient, DEFERRED, SOFT_BOUNCE",
    "DnsError, DEFERRED, SOFT_BOUNCE",
    "OpenRelayTest, DEFERRED, SOFT_BOUNCE",
    "BadEmailAddress, REJECTED, INVALID_RECIPIENT",
    "ManuallyDeactivated, REJECTED, SUPPRESSED",
    "Unconfirmed, REJECTED, NONE",
    "Blocked, REJECTED, BLOCKED",
    "DMARCPolicy, REJECTED, CONFIGURATION",
    "SMTPApiError, FAILED, NONE",
    "TemplateRenderingFailed, FAILED, INVALID_CONTENT",
    "SpamNotification, COMPLAINED, COMPLAINT",
    "SpamComplaint, COMPLAINED, COMPLAINT",
    "Unsubscribe, UNSUBSCRIBED, UNSUBSCRIBED",
    "AutoResponder, UNKNOWN, NONE",
    "AddressChange, UNKNOWN, NONE",
    "Subscribe, UNKNOWN, NONE",
    "ChallengeVerification, UNKNOWN, NONE",
    "InboundError, UNKNOWN, NONE",
    "SomethingNew, UNKNOWN, NONE",
    ", UNKNOWN, NONE"
  })
  void bouncesMeanWhatTheirTypeSays(String type, ReceiptStatus status, ReasonClass reason) {
    assertThat(EventMeaning.of("Bounce", new JsonObject().put("Type", type)))
        .isEqualTo(new EventMeaning(status, reason));
  }

  @ParameterizedTest
  @CsvSource({
    "Delivery, DELIVERED, NONE",
    "SpamComplaint, COMPLAINED, COMPLAINT",
    "Open, OPENED, NONE",
    "Click, CLICKED, NONE",
    "SomethingNew, UNKNOWN, NONE"
  })
  void recordsMeanWhatTheyAre(String record, ReceiptStatus status, ReasonClass reason) {
    assertThat(EventMeaning.of(record, new JsonObject()))
        .isEqualTo(new EventMeaning(status, reason));
  }

  @ParameterizedTest
  @CsvSource({
    "true, ManualSuppression, UNSUBSCRIBED, UNSUBSCRIBED",
    "true, HardBounce, UNKNOWN, SUPPRESSED",
    "true, SpamComplaint, UNKNOWN, SUPPRESSED",
    "true,, UNKNOWN, SUPPRESSED",
    "false, ManualSuppression, UNKNOWN, NONE",
    "false,, UNKNOWN, NONE"
  })
  void changesOfSubscriptionsAreOptOutsIfTheRecipientAsked(
      boolean suppressed, String why, ReceiptStatus status, ReasonClass reason) {
    JsonObject event =
        new JsonObject().put("SuppressSending", suppressed).put("SuppressionReason", why);

    assertThat(EventMeaning.of("SubscriptionChange", event))
        .isEqualTo(new EventMeaning(status, reason));
  }
}
