package io.signalbox.provider.sendgrid;

import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.EcdsaSignature;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.signalbox.toolkit.signature.TimestampTolerance;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SendGrid's Event Webhook: a signed batch of events about many messages. */
final class SendGridWebhooks {
  static final Set<ReceiptStatus> STATUSES =
      Set.of(
          ReceiptStatus.QUEUED,
          ReceiptStatus.DEFERRED,
          ReceiptStatus.DELIVERED,
          ReceiptStatus.BOUNCED,
          ReceiptStatus.EXPIRED,
          ReceiptStatus.REJECTED,
          ReceiptStatus.OPENED,
          ReceiptStatus.CLICKED,
          ReceiptStatus.COMPLAINED,
          ReceiptStatus.UNSUBSCRIBED);

  private static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";
  private static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";

  private final @Nullable EcdsaSignature signature;
  private final TimestampTolerance tolerance;

  SendGridWebhooks(List<String> publicKeys, Duration tolerance) {
    this.signature = publicKeys.isEmpty() ? null : new EcdsaSignature(publicKeys);
    this.tolerance = TimestampTolerance.of(tolerance);
  }

  WebhookResult receive(WebhookRequest request) {
    SignatureCheck check = verify(request);
    if (check.refusal() != null) {
      return check.refusal();
    }
    Optional<JsonArray> events = JsonBody.array(request.body());
    if (events.isEmpty()) {
      return new WebhookResult.Refused(Refusal.MALFORMED, "the body is no JSON array");
    }
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < events.get().size(); i++) {
      // What is no object says nothing; it must not keep its neighbours from being believed.
      if (events.get().getValue(i) instanceof JsonObject event) {
        receipts.add(SendGridEvent.receipt(event, request.receivedAt()));
      }
    }
    return new WebhookResult.Verified(receipts);
  }

  private SignatureCheck verify(WebhookRequest request) {
    if (signature == null) {
      return SignatureCheck.unauthenticated("no webhook_public_key is configured");
    }
    String timestamp = request.header(TIMESTAMP);
    Optional<Instant> signedAt = TimestampTolerance.parseUnixSeconds(timestamp);
    if (timestamp == null || signedAt.isEmpty()) {
      return SignatureCheck.unauthenticated("no timestamp in unix seconds");
    }
    SignatureCheck check =
        signature.verify(
            request.header(SIGNATURE),
            timestamp.getBytes(StandardCharsets.US_ASCII),
            request.body().getBytes());
    return check.genuine() ? tolerance.check(signedAt.get(), request.receivedAt()) : check;
  }
}
