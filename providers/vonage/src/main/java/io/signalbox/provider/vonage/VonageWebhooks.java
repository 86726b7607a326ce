package io.signalbox.provider.vonage;

import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.spi.WebhookResult.Refused;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.signalbox.toolkit.signature.TimestampTolerance;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies Vonage's webhooks and hands them to the reader of their kind. A bearer token marks those
 * of the Messages API, which an account may be set to for its SMS as well.
 */
final class VonageWebhooks {
  private final String apiKey;
  private final boolean unsigned;
  private final @Nullable SigSignature sig;
  private final @Nullable JwtSignature jwt;

  VonageWebhooks(VonageConfig config) {
    this.apiKey = config.apiKey();
    this.unsigned = config.webhookUnsigned();
    if (config.signatureSecrets().isEmpty()) {
      this.sig = null;
      this.jwt = null;
    } else {
      TimestampTolerance tolerance = TimestampTolerance.of(config.signatureTolerance());
      this.sig = new SigSignature(config.signatureMethod(), config.signatureSecrets(), tolerance);
      this.jwt = new JwtSignature(config.signatureSecrets(), apiKey, tolerance);
    }
  }

  WebhookResult receive(WebhookRequest request) {
    String authorization = request.header("Authorization");
    if (jwt != null && JwtSignature.isBearer(authorization)) {
      SignatureCheck check = jwt.verify(authorization, request.body(), request.receivedAt());
      return check.refusal() == null ? messageStatus(request) : check.refusal();
    }
    Optional<SigParameters> parameters = SigParameters.of(request);
    if (sig != null) {
      SignatureCheck check =
          parameters
              .map(found -> sig.verify(found, request.receivedAt()))
              .orElse(SignatureCheck.unauthenticated("no flat parameters, so no sig"));
      if (check.refusal() != null) {
        return check.refusal();
      }
    } else if (!unsigned) {
      return new Refused(
          Refusal.UNAUTHENTICATED, "neither signature_secret nor webhook_unsigned is configured");
    }
    return parameters
        .map(found -> deliveryReceipt(found, request))
        .orElseGet(() -> messageStatus(request));
  }

  private WebhookResult deliveryReceipt(SigParameters parameters, WebhookRequest request) {
    String key = parameters.find("api-key");
    if (key != null && !key.equals(apiKey)) {
      return new Refused(Refusal.UNAUTHENTICATED, "of another account");
    }
    return parameters.values().containsKey("message_uuid")
        ? messageStatus(request)
        : SmsReceipts.read(parameters, request.receivedAt());
  }

  private static WebhookResult messageStatus(WebhookRequest request) {
    return JsonBody.object(request.body())
        .map(json -> MessageStatuses.read(json, request.receivedAt()))
        .orElse(new Refused(Refusal.MALFORMED, "neither parameters nor a JSON object"));
  }
}
