package io.signalbox.provider.sendgrid;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.HttpMessageProvider;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/** Sends mail through SendGrid, one recipient a call. */
final class SendGridProvider extends HttpMessageProvider implements WebhookReceiver {
  private final SendGridConfig config;
  private final SendGridMessage message;
  private final SendGridWebhooks webhooks;

  SendGridProvider(SendGridConfig config, ProviderContext context) {
    super(context);
    this.config = config;
    this.message = new SendGridMessage(config.from(), config.fromName());
    this.webhooks = new SendGridWebhooks(config.webhookPublicKeys(), config.webhookTolerance());
  }

  @Override
  protected HttpCall call(DeliveryRequest request) {
    return call(message.of(request), request.timeout());
  }

  @Override
  protected Outcome outcome(Answered answer, DeliveryRequest request, Instant now) {
    String id = answer.header("X-Message-Id");
    if (answer.status() == 202 && id != null && !id.isBlank()) {
      return new Outcome.Sent(id, answer.evidence(null, null));
    }
    return SendGridErrors.outcome(answer, request.recipient(), now);
  }

  /** Sends a mail in sandbox mode, which SendGrid validates, credentials included, and drops. */
  @Override
  public Future<CheckResult> check() {
    return check(
        call(message.sandboxed(), checkTimeout()),
        answer ->
            answer.successful()
                ? CheckResult.healthy("SendGrid takes the key and the sender")
                : CheckResult.unhealthy("SendGrid answers " + answer.status()));
  }

  @Override
  public Future<WebhookResult> receive(WebhookRequest request) {
    return Future.succeededFuture(webhooks.receive(request));
  }

  private HttpCall call(JsonObject body, Duration timeout) {
    return HttpCall.postJson(config.baseUrl() + "/v3/mail/send", body, timeout)
        .withBearer(config.apiKey());
  }
}
