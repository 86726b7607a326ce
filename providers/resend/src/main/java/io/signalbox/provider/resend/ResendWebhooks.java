package io.signalbox.provider.resend;

import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.signalbox.toolkit.signature.StandardWebhooksSignature;
import io.signalbox.toolkit.signature.TimestampTolerance;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Resend's webhooks: one signed event each. */
final class ResendWebhooks {
  private final @Nullable StandardWebhooksSignature signature;

  ResendWebhooks(List<Secret> secrets, Duration tolerance) {
    this.signature =
        secrets.isEmpty()
            ? null
            : new StandardWebhooksSignature(secrets, TimestampTolerance.of(tolerance));
  }

  WebhookResult receive(WebhookRequest request) {
    SignatureCheck check =
        signature == null
            ? SignatureCheck.unauthenticated("no webhook_secret is configured")
            : signature.verify(request.headers(), request.body(), request.receivedAt());
    if (check.refusal() != null) {
      return check.refusal();
    }
    // Signed together with the body, and the same on every repeat.
    String eventId = StandardWebhooksSignature.messageId(request.headers());
    Optional<JsonObject> event = JsonBody.object(request.body());
    if (eventId == null || event.isEmpty()) {
      return new WebhookResult.Refused(Refusal.MALFORMED, "the body is no JSON object");
    }
    return new WebhookResult.Verified(
        List.of(ResendEvent.receipt(eventId, event.get(), request.receivedAt())));
  }
}
