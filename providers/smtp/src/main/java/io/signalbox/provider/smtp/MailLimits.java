package io.signalbox.provider.smtp;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.NotSent;
import java.util.Optional;

/** What is refused without asking a server. */
final class MailLimits {
  private final int maxContentBytes;

  MailLimits(int maxContentBytes) {
    this.maxContentBytes = maxContentBytes;
  }

  /** Why the request cannot be sent; empty if it can. */
  Optional<Outcome> refusal(DeliveryRequest request) {
    if (!(request.recipient() instanceof Recipient.Email email)
        || MailAddress.of(email.address()).isEmpty()) {
      return NotSent.rejected(
          ReasonClass.INVALID_RECIPIENT,
          "invalid_recipient",
          "the recipient is no mail address that SMTP can carry");
    }
    return MailComposer.size(request) > maxContentBytes
        ? NotSent.rejected(
            ReasonClass.INVALID_CONTENT,
            "too_large",
            "subject, text and HTML have more than " + maxContentBytes + " bytes")
        : Optional.empty();
  }
}
