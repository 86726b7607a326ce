package io.signalbox.provider.twilio;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.spi.WebhookResult.Refused;
import io.signalbox.spi.WebhookResult.Verified;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.signature.SignatureCheck;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verifies Twilio's webhooks and reads status callbacks and opt-outs. */
final class TwilioWebhooks {
  private static final String SIGNATURE_HEADER = "X-Twilio-Signature";
  private static final String BODY_HASH_PARAMETER = "bodySHA256";

  private final TwilioSignature signature;

  TwilioWebhooks(List<Secret> authTokens) {
    this.signature = new TwilioSignature(authTokens);
  }

  WebhookResult receive(WebhookRequest request) {
    // The query is taken from the URL, because that is what Twilio has signed.
    Optional<FormBody> query = query(request.url());
    if (query.isEmpty()) {
      return new Refused(Refusal.UNAUTHENTICATED, "the query cannot be read");
    }
    String presented = request.header(SIGNATURE_HEADER);
    String bodyHash = query.get().first(BODY_HASH_PARAMETER);
    if (bodyHash != null) {
      SignatureCheck check =
          signature.verifyHash(presented, request.url(), bodyHash, request.body());
      // No message event is documented to come as anything but a form.
      return check.refusal() == null ? new Verified(List.of()) : check.refusal();
    }
    Optional<FormBody> form =
        request.method().equals("GET")
            ? Optional.of(FormBody.empty())
            : FormBody.parse(request.body());
    if (form.isEmpty()) {
      return new Refused(Refusal.UNAUTHENTICATED, "the body cannot be read as a form");
    }
    SignatureCheck check = signature.verifyForm(presented, request.url(), form.get());
    return check.refusal() == null
        ? new Verified(receipts(form.get(), query.get(), request.receivedAt()))
        : check.refusal();
  }

  private static List<Receipt> receipts(FormBody form, FormBody query, Instant receivedAt) {
    String sid = filled(form.first("MessageSid"));
    String status = filled(form.first("MessageStatus"));
    if (sid != null && status != null) {
      return List.of(statusReceipt(form, query, sid, status, receivedAt));
    }
    // An inbound message has an SmsStatus only, and is about none of our messages.
    if (sid != null && isOptOut(form)) {
      return List.of(optOutReceipt(form, sid, receivedAt));
    }
    return List.of();
  }

  private static Receipt statusReceipt(
      FormBody form, FormBody query, String sid, String status, Instant receivedAt) {
    String code = filled(form.first("ErrorCode"));
    TwilioStatuses.Meaning meaning = TwilioStatuses.meaning(status, code);
    return new Receipt(
        TwilioStatuses.eventId(sid, status),
        Correlation.attemptId(query.first(TwilioMessages.ATTEMPT_PARAMETER)),
        sid,
        meaning.status(),
        meaning.reason(),
        status,
        code,
        filled(form.first("ChannelStatusMessage")),
        filled(form.first("To")),
        receivedAt);
  }

  private static Receipt optOutReceipt(FormBody form, String sid, Instant receivedAt) {
    return new Receipt(
        sid + ":STOP",
        null,
        null,
        ReceiptStatus.UNSUBSCRIBED,
        ReasonClass.UNSUBSCRIBED,
        "STOP",
        null,
        null,
        filled(form.first("From")),
        receivedAt);
  }

  /** OptOutType comes with Advanced Opt-Out only; without it the text is all there is. */
  private static boolean isOptOut(FormBody form) {
    String type = filled(form.first("OptOutType"));
    String body = form.first("Body");
    return type == null
        ? body != null && body.strip().equalsIgnoreCase("STOP")
        : type.equals("STOP");
  }

  private static Optional<FormBody> query(String url) {
    int mark = url.indexOf('?');
    return mark < 0 ? Optional.of(FormBody.empty()) : FormBody.parse(url.substring(mark + 1));
  }

  private static @Nullable String filled(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }
}
