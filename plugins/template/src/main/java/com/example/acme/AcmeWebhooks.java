package com.example.acme;

import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.HmacAlgorithm;
import io.signalbox.toolkit.signature.HmacSignature;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.signalbox.toolkit.signature.SignatureEncoding;
import io.signalbox.toolkit.signature.TimestampTolerance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verifies and reads Acme's webhooks. */
final class AcmeWebhooks {
  private static final TimestampTolerance TOLERANCE = TimestampTolerance.of(Duration.ofMinutes(5));

  /** Null without a secret: then nothing can be believed. */
  private final @Nullable HmacSignature signature;

  AcmeWebhooks(List<Secret> secrets) {
    this.signature =
        secrets.isEmpty()
            ? null
            : new HmacSignature(HmacAlgorithm.SHA256, SignatureEncoding.HEX, secrets);
  }

  WebhookResult receive(WebhookRequest request) {
    SignatureCheck check = check(request);
    if (check.refusal() != null) {
      return check.refusal();
    }
    return JsonBody.object(request.body())
        .flatMap(message -> AcmeMessage.receipt(message, request.receivedAt()))
        .<WebhookResult>map(receipt -> new WebhookResult.Verified(List.of(receipt)))
        .orElseGet(
            () -> new WebhookResult.Refused(WebhookResult.Refusal.MALFORMED, "is no message"));
  }

  private SignatureCheck check(WebhookRequest request) {
    String timestamp = request.header("Acme-Timestamp");
    Optional<Instant> signedAt = TimestampTolerance.parseUnixSeconds(timestamp);
    if (signature == null || signedAt.isEmpty()) {
      return SignatureCheck.unauthenticated("no secret, or no timestamp in unix seconds");
    }
    byte[] head = (timestamp + ".").getBytes(StandardCharsets.UTF_8);
    SignatureCheck check =
        signature.verify(request.header("Acme-Signature"), head, request.body().getBytes());
    return check.refusal() == null ? TOLERANCE.check(signedAt.get(), request.receivedAt()) : check;
  }
}
