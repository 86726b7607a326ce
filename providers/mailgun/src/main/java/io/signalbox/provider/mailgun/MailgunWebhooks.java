package io.signalbox.provider.mailgun;

import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.spi.WebhookResult.Refused;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.HmacAlgorithm;
import io.signalbox.toolkit.signature.HmacSignature;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.signalbox.toolkit.signature.SignatureEncoding;
import io.signalbox.toolkit.signature.TimestampTolerance;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Mailgun's webhooks: one event a post, with the signature beside it in the body. */
final class MailgunWebhooks {
  private final @Nullable HmacSignature signature;
  private final TimestampTolerance tolerance;
  private final UsedTokens usedTokens = new UsedTokens(UsedTokens.LIMIT);

  MailgunWebhooks(List<Secret> signingKeys, Duration tolerance) {
    this.signature =
        signingKeys.isEmpty()
            ? null
            : new HmacSignature(HmacAlgorithm.SHA256, SignatureEncoding.HEX, signingKeys);
    this.tolerance = TimestampTolerance.of(tolerance);
  }

  WebhookResult receive(WebhookRequest request) {
    // A body that cannot be read has no signature either: it is nobody's, not a malformed one.
    JsonObject body = JsonBody.object(request.body()).orElseGet(JsonObject::new);
    JsonObject signed = JsonBody.object(body, "signature");
    String token = JsonBody.text(signed, "token");
    SignatureCheck check = verify(signed, token, request.receivedAt());
    if (check.refusal() != null) {
      return check.refusal();
    }
    JsonObject event = JsonBody.object(body, "event-data");
    if (token == null || JsonBody.text(event, "event") == null) {
      return new Refused(Refusal.MALFORMED, "there is no event in event-data");
    }
    if (!usedTokens.admits(token, event.toBuffer())) {
      return new Refused(Refusal.UNAUTHENTICATED, "the token was signed for another event");
    }
    return new WebhookResult.Verified(List.of(MailgunEvent.receipt(event, request.receivedAt())));
  }

  private SignatureCheck verify(JsonObject signed, @Nullable String token, Instant receivedAt) {
    if (signature == null) {
      return SignatureCheck.unauthenticated("no webhook_signing_key is configured");
    }
    String timestamp = JsonBody.text(signed, "timestamp");
    Optional<Instant> signedAt = TimestampTolerance.parseUnixSeconds(timestamp);
    if (token == null || token.isEmpty() || signedAt.isEmpty()) {
      return SignatureCheck.unauthenticated("no token, or no timestamp in unix seconds");
    }
    SignatureCheck check =
        signature.verify(
            JsonBody.text(signed, "signature"),
            (timestamp + token).getBytes(StandardCharsets.UTF_8));
    return check.genuine() ? tolerance.check(signedAt.get(), receivedAt) : check;
  }
}
