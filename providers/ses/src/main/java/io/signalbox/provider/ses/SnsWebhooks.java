package io.signalbox.provider.ses;

import io.signalbox.provider.ses.SnsCertificates.Found;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.spi.WebhookResult.Refused;
import io.signalbox.spi.WebhookResult.Verified;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.signalbox.toolkit.signature.TimestampTolerance;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * SES's events in SNS's envelopes, and SNS's own requests to confirm a subscription. Cheap checks
 * come first, so that strangers cannot make us fetch much: topic, then URL, then signature.
 */
final class SnsWebhooks {
  private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(10);

  private final Set<String> topicArns;
  private final TimestampTolerance tolerance;
  private final SnsAddresses addresses;
  private final SnsCertificates certificates;
  private final Function<HttpCall, Future<HttpAnswer>> http;

  SnsWebhooks(SnsConfig config, Function<HttpCall, Future<HttpAnswer>> http) {
    this.topicArns = config.topicArns();
    this.tolerance = TimestampTolerance.of(config.tolerance());
    this.addresses = new SnsAddresses(config.baseUrl());
    this.certificates =
        new SnsCertificates(http, addresses, new SnsTrust(config.trustedCertificates()));
    this.http = http;
  }

  Future<WebhookResult> receive(WebhookRequest request) {
    if (topicArns.isEmpty()) {
      return stranger("no topic_arns are configured");
    }
    if ("true".equalsIgnoreCase(request.header("x-amz-sns-rawdelivery"))) {
      return stranger("raw message delivery is not signed: switch it off at the subscription");
    }
    Optional<SnsEnvelope> envelope = SnsEnvelope.parse(request.body());
    if (envelope.isEmpty()) {
      return stranger("the body is no envelope of SNS");
    }
    if (!topicArns.contains(envelope.get().required("TopicArn"))) {
      return stranger("the topic is none of topic_arns");
    }
    Optional<URI> url =
        SnsAddresses.certificate(
            envelope.get().text("SigningCertURL"), envelope.get().required("TopicArn"));
    if (url.isEmpty()) {
      return stranger("the certificate's URL is not one of the topic's SNS");
    }
    return certificates
        .find(url.get(), request.receivedAt())
        .compose(
            found ->
                found instanceof Found.Trusted trusted
                    ? judge(envelope.get(), trusted.certificate(), request.receivedAt())
                    : stranger(((Found.Untrusted) found).objection()));
  }

  private Future<WebhookResult> judge(
      SnsEnvelope envelope, X509Certificate certificate, Instant receivedAt) {
    if (!SnsSignature.matches(envelope, certificate.getPublicKey())) {
      return stranger("wrong signature");
    }
    Optional<Instant> signedAt = SesEvent.instant(envelope.required("Timestamp"));
    if (signedAt.isEmpty()) {
      return malformed("the time is not ISO 8601");
    }
    SignatureCheck fresh = tolerance.check(signedAt.get(), receivedAt);
    if (fresh.refusal() != null) {
      return Future.succeededFuture(fresh.refusal());
    }
    WebhookResult receipts = new Verified(SesEvent.receipts(envelope, signedAt.get()));
    return envelope.type() == SnsEnvelope.Type.SUBSCRIPTION_CONFIRMATION
        ? confirm(envelope, receipts)
        : Future.succeededFuture(receipts);
  }

  /** Until somebody asks for the URL, SNS sends nothing. A failure makes SNS ask again. */
  private Future<WebhookResult> confirm(SnsEnvelope envelope, WebhookResult confirmed) {
    Optional<URI> url =
        SnsAddresses.subscription(envelope.text("SubscribeURL"), envelope.required("TopicArn"));
    if (url.isEmpty()) {
      return malformed("the URL that would confirm the subscription is not one of the topic's SNS");
    }
    return http.apply(HttpCall.get(addresses.target(url.get()), CONFIRM_TIMEOUT))
        .compose(
            answer ->
                answer instanceof Answered answered && answered.successful()
                    ? Future.succeededFuture(confirmed)
                    : Future.failedFuture(
                        new IOException("SNS did not take the confirmation: " + answer)));
  }

  private static Future<WebhookResult> stranger(String detail) {
    return Future.succeededFuture(new Refused(Refusal.UNAUTHENTICATED, detail));
  }

  private static Future<WebhookResult> malformed(String detail) {
    return Future.succeededFuture(new Refused(Refusal.MALFORMED, detail));
  }
}
