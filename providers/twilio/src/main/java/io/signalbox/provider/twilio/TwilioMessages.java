package io.signalbox.provider.twilio;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.NotSent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of Twilio: the form of one message. */
final class TwilioMessages {
  /** Our value that comes back in the status callback, inside the URL that Twilio signs. */
  static final String ATTEMPT_PARAMETER = "attempt";

  static final int MAX_BODY_CHARACTERS = 1600;
  private static final long MIN_VALIDITY_SECONDS = 1;
  private static final long MAX_VALIDITY_SECONDS = 36_000;

  private final TwilioConfig.Sender sender;
  private final @Nullable String webhookUrl;

  /**
   * Makes forms.
   *
   * @param webhookUrl null to ask for no status callbacks
   */
  TwilioMessages(TwilioConfig.Sender sender, @Nullable String webhookUrl) {
    this.sender = sender;
    this.webhookUrl = webhookUrl;
  }

  /** What Twilio would refuse for certain need not travel. */
  Optional<Outcome> refusal(DeliveryRequest request) {
    if (!(request.recipient() instanceof Recipient.Phone)) {
      return NotSent.rejected(
          ReasonClass.INVALID_RECIPIENT, "no_phone", "the recipient is no phone number");
    }
    String text = request.content().plainText();
    if (text.isBlank()) {
      return NotSent.rejected(ReasonClass.INVALID_CONTENT, "empty_body", "the message is empty");
    }
    // Counted in code points, the most lenient way: what is longer so is longer in every way.
    int characters = text.codePointCount(0, text.length());
    if (characters > MAX_BODY_CHARACTERS) {
      return NotSent.rejected(
          ReasonClass.INVALID_CONTENT,
          "body_too_long",
          characters + " characters, at most " + MAX_BODY_CHARACTERS);
    }
    return Optional.empty();
  }

  FormBody form(DeliveryRequest request) {
    FormBody form =
        FormBody.empty()
            .with("To", request.recipient().address())
            .with(sender.field(), sender.value())
            .with("Body", request.content().plainText());
    if (webhookUrl != null) {
      form = form.with("StatusCallback", callback(webhookUrl, request.attemptId()));
    }
    Duration validFor = request.validFor();
    return validFor == null ? form : form.with("ValidityPeriod", validity(validFor));
  }

  private static String callback(String url, String attemptId) {
    return url
        + (url.contains("?") ? '&' : '?')
        + ATTEMPT_PARAMETER
        + '='
        + URLEncoder.encode(attemptId, StandardCharsets.UTF_8);
  }

  private static String validity(Duration validFor) {
    long seconds =
        Math.max(MIN_VALIDITY_SECONDS, Math.min(validFor.toSeconds(), MAX_VALIDITY_SECONDS));
    return Long.toString(seconds);
  }
}
