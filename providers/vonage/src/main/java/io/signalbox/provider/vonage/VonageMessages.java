package io.signalbox.provider.vonage;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is asked of Vonage: the JSON of one message. */
final class VonageMessages {
  /** What the field {@code to} takes. */
  private static final Pattern DIGITS = Pattern.compile("\\d{7,15}");

  private static final Duration MIN_TTL = Duration.ofSeconds(20);
  private static final Duration MAX_TTL = Duration.ofDays(7);

  private final String from;
  private final @Nullable String webhookUrl;

  /**
   * Makes bodies.
   *
   * @param webhookUrl null to leave the URL to the account's settings
   */
  VonageMessages(String from, @Nullable String webhookUrl) {
    this.from = from;
    this.webhookUrl = webhookUrl;
  }

  /** What Vonage would refuse for certain need not travel. */
  Optional<Outcome> refusal(DeliveryRequest request) {
    if (!(request.recipient() instanceof Recipient.Phone phone)
        || !DIGITS.matcher(phone.digits()).matches()) {
      return rejected(ReasonClass.INVALID_RECIPIENT, "no_phone", "no number of 7 to 15 digits");
    }
    if (request.content().plainText().isBlank()) {
      return rejected(ReasonClass.INVALID_CONTENT, "empty_text", "the message is empty");
    }
    return Optional.empty();
  }

  JsonObject json(DeliveryRequest request) {
    String text = request.content().plainText();
    String address = request.recipient().address();
    JsonObject json =
        new JsonObject()
            .put("from", from)
            .put("to", address.startsWith("+") ? address.substring(1) : address)
            .put("text", text)
            .put("type", GsmAlphabet.covers(text) ? "text" : "unicode")
            .put("client-ref", request.attemptId());
    if (webhookUrl != null) {
      json.put("callback", webhookUrl).put("status-report-req", true);
    }
    Duration validFor = request.validFor();
    return validFor == null ? json : json.put("ttl", ttl(validFor).toMillis());
  }

  private static Duration ttl(Duration validFor) {
    if (validFor.compareTo(MIN_TTL) < 0) {
      return MIN_TTL;
    }
    return validFor.compareTo(MAX_TTL) > 0 ? MAX_TTL : validFor;
  }

  private static Optional<Outcome> rejected(ReasonClass reason, String code, String message) {
    return Optional.of(
        new Outcome.Rejected(reason, Evidence.unanswered(Progress.NOT_CONNECTED, code, message)));
  }
}
