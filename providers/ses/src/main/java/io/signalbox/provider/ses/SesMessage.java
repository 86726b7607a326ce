package io.signalbox.provider.ses;

import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.MailSender;
import io.signalbox.toolkit.MailText;
import io.signalbox.toolkit.NotSent;
import io.signalbox.toolkit.Utf8;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bodies of {@code POST /v2/email/outbound-emails}. */
final class SesMessage {
  /** The documented 40 MB, encoding included: what is longer before it is longer in every way. */
  static final int MAX_BYTES = 40 << 20;

  private final String from;
  private final @Nullable String configurationSet;

  SesMessage(String from, @Nullable String configurationSet) {
    this.from = from;
    this.configurationSet = configurationSet;
  }

  /** What SES would refuse for certain need not travel. */
  static Optional<Outcome> refusal(DeliveryRequest request) {
    if (!(request.recipient() instanceof Recipient.Email)) {
      return NotSent.rejected(
          ReasonClass.INVALID_RECIPIENT, "no_mail_address", "the recipient is no mail address");
    }
    if (destination(request.recipient()).isEmpty()) {
      return NotSent.rejected(
          ReasonClass.INVALID_RECIPIENT,
          "address_not_ascii",
          "SES takes ASCII before the @, and behind it a domain that Punycode can write");
    }
    long bytes = Utf8.bytes(request.content().message()) + Utf8.bytes(request.content().html());
    return bytes > MAX_BYTES
        ? NotSent.rejected(
            ReasonClass.INVALID_CONTENT,
            "message_too_large",
            bytes + " bytes, at most " + MAX_BYTES)
        : Optional.empty();
  }

  /** The mail of a request, with our attempt id as a tag that the events echo. */
  JsonObject of(DeliveryRequest request) {
    String address = destination(request.recipient()).orElse(request.recipient().address());
    JsonObject simple =
        new JsonObject()
            .put("Subject", text(MailText.subject(request)))
            .put("Body", body(request.content()));
    JsonObject message =
        new JsonObject()
            .put("FromEmailAddress", from(request))
            .put("Destination", new JsonObject().put("ToAddresses", new JsonArray().add(address)))
            .put("Content", new JsonObject().put("Simple", simple));
    List<String> replyTo = MailText.asciiReplyToFields(request);
    if (!replyTo.isEmpty()) {
      message.put("ReplyToAddresses", new JsonArray(replyTo));
    }
    // SES takes letters, digits, underscores and hyphens, up to 256: all of our ids fit.
    String attempt = Correlation.attemptId(request.attemptId());
    if (attempt != null) {
      JsonObject tag = new JsonObject().put("Name", Correlation.NAME).put("Value", attempt);
      message.put("EmailTags", new JsonArray().add(tag));
    }
    return configurationSet == null
        ? message
        : message.put("ConfigurationSetName", configurationSet);
  }

  /** The address with its domain in ASCII; empty if SES cannot take it. */
  private static Optional<String> destination(Recipient recipient) {
    String address = recipient.address();
    int at = address.lastIndexOf('@');
    String local = address.substring(0, at + 1);
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(local)) {
      return Optional.empty();
    }
    String domain = address.substring(at + 1);
    try {
      String ascii = IDN.toASCII(domain);
      // Where the way back leads elsewhere, the domain meant may be another one: not to be guessed.
      return IDN.toUnicode(ascii).equalsIgnoreCase(domain)
          ? Optional.of(local + ascii)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** As configured, which is ASCII, unless another one is asked for. */
  private String from(DeliveryRequest request) {
    MailOptions mail = request.mail();
    return mail == null || !mail.asksForSender()
        ? from
        : MailSender.parse(from).of(request).asciiField();
  }

  private static JsonObject body(Content content) {
    JsonObject body = new JsonObject();
    if (content.message() != null) {
      body.put("Text", text(content.message()));
    }
    if (content.html() != null) {
      body.put("Html", text(content.html()));
    }
    return body;
  }

  /** Without a charset SES takes the data for ASCII. */
  private static JsonObject text(String data) {
    return new JsonObject().put("Data", data).put("Charset", "UTF-8");
  }
}
