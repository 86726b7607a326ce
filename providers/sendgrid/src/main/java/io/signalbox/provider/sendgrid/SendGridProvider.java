package io.signalbox.provider.sendgrid;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MessageProvider;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpAnswer.Unanswered;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.HttpDelivery;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;

/** Sends mail through SendGrid, one recipient a call. */
final class SendGridProvider implements MessageProvider, WebhookReceiver {
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);

  private final SendGridConfig config;
  private final HttpDelivery http;
  private final Clock clock;
  private final SendGridMessage message;
  private final SendGridWebhooks webhooks;

  SendGridProvider(SendGridConfig config, HttpDelivery http, Clock clock) {
    this.config = config;
    this.http = http;
    this.clock = clock;
    this.message = new SendGridMessage(config.from(), config.fromName());
    this.webhooks = new SendGridWebhooks(config.webhookPublicKeys(), config.webhookTolerance());
  }

  @Override
  public Future<Outcome> deliver(DeliveryRequest request) {
    return http.send(call(message.of(request), request.timeout()))
        .map(answer -> outcome(answer, request));
  }

  /** Sends a mail in sandbox mode, which SendGrid validates, credentials included, and drops. */
  @Override
  public Future<CheckResult> check() {
    return http.send(call(message.sandboxed(), CHECK_TIMEOUT)).map(SendGridProvider::checked);
  }

  @Override
  public WebhookResult receive(WebhookRequest request) {
    return webhooks.receive(request);
  }

  @Override
  public Future<Void> close() {
    return http.close();
  }

  private HttpCall call(JsonObject body, Duration timeout) {
    return HttpCall.postJson(config.baseUrl() + "/v3/mail/send", body, timeout)
        .withBearer(config.apiKey());
  }

  private Outcome outcome(HttpAnswer answer, DeliveryRequest request) {
    if (answer instanceof Unanswered unanswered) {
      return unanswered.outcome();
    }
    Answered answered = (Answered) answer;
    String id = answered.header("X-Message-Id");
    if (answered.status() == 202 && id != null && !id.isBlank()) {
      return new Outcome.Sent(id, answered.evidence(null, null));
    }
    return SendGridErrors.outcome(answered, request.recipient(), clock.instant());
  }

  private static CheckResult checked(HttpAnswer answer) {
    if (answer instanceof Unanswered unanswered) {
      return CheckResult.unhealthy(unanswered.message());
    }
    Answered answered = (Answered) answer;
    return answered.successful()
        ? CheckResult.healthy("SendGrid takes the key and the sender")
        : CheckResult.unhealthy("SendGrid answers " + answered.status());
  }
}
