package io.signalbox.provider.vonage;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.NotSent;
import java.util.Optional;
import java.util.regex.Pattern;

/** What both of Vonage's sending APIs would refuse for certain need not travel. */
final class Refusals {
  /** What the field {@code to} takes. */
  private static final Pattern DIGITS = Pattern.compile("\\d{7,15}");

  private Refusals() {}

  /** A recipient that is no number, or no text. */
  static Optional<Outcome> of(DeliveryRequest request) {
    if (!(request.recipient() instanceof Recipient.Phone phone)
        || !DIGITS.matcher(phone.digits()).matches()) {
      return NotSent.rejected(
          ReasonClass.INVALID_RECIPIENT, "no_phone", "no number of 7 to 15 digits");
    }
    return request.content().plainText().isBlank()
        ? NotSent.rejected(ReasonClass.INVALID_CONTENT, "empty_text", "the message is empty")
        : Optional.empty();
  }

  /** Another provider may carry what this API does not. */
  static Optional<Outcome> notServed(DeliveryRequest request, VonageConfig.Api api) {
    String message = "api: " + api.wireName() + " carries no " + request.channel().wireName();
    return Optional.of(new Outcome.Transient(NotSent.evidence("channel_not_served", message)));
  }

  /** The number as Vonage writes it. Ask only what {@link #of} let pass. */
  static String digits(DeliveryRequest request) {
    return ((Recipient.Phone) request.recipient()).digits();
  }
}
