package io.signalbox.provider.calcom;

import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.spi.WebhookResult.Refused;
import io.signalbox.spi.WebhookResult.Verified;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.HmacAlgorithm;
import io.signalbox.toolkit.signature.HmacSignature;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.signalbox.toolkit.signature.SignatureEncoding;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verifies Cal.com's webhooks, one event each. */
final class CalComWebhooks {
  private static final String SIGNATURE_HEADER = "X-Cal-Signature-256";

  private final @Nullable HmacSignature signature;

  CalComWebhooks(List<Secret> secrets) {
    this.signature =
        secrets.isEmpty()
            ? null
            : new HmacSignature(HmacAlgorithm.SHA256, SignatureEncoding.HEX, secrets);
  }

  WebhookResult receive(WebhookRequest request) {
    SignatureCheck check = verify(request);
    if (check.refusal() != null) {
      return check.refusal();
    }
    Optional<JsonObject> event = JsonBody.object(request.body());
    String trigger = event.map(body -> JsonBody.text(body, "triggerEvent")).orElse(null);
    if (event.isEmpty() || trigger == null || trigger.isBlank()) {
      return new Refused(Refusal.MALFORMED, "the body is no JSON object with a triggerEvent");
    }
    return new Verified(
        List.of(),
        BookingEvent.change(trigger, event.get(), request.body(), request.receivedAt()).stream()
            .toList());
  }

  private SignatureCheck verify(WebhookRequest request) {
    return signature == null
        ? SignatureCheck.unauthenticated("no webhook_secret is configured")
        : signature.verify(request.header(SIGNATURE_HEADER), request.body().getBytes());
  }
}
