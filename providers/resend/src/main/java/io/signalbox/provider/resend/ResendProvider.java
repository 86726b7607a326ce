package io.signalbox.provider.resend;

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
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/** Sends mail through Resend, one recipient a call. */
final class ResendProvider implements MessageProvider, WebhookReceiver {
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);

  /** A mail that does not exist: asking for it needs the key, and changes nothing. */
  private static final String NO_EMAIL = "/emails/00000000-0000-0000-0000-000000000000";

  private final ResendConfig config;
  private final HttpDelivery http;
  private final Clock clock;
  private final ResendWebhooks webhooks;

  ResendProvider(ResendConfig config, HttpDelivery http, Clock clock) {
    this.config = config;
    this.http = http;
    this.clock = clock;
    this.webhooks = new ResendWebhooks(config.webhookSecrets(), config.webhookTolerance());
  }

  @Override
  public Future<Outcome> deliver(DeliveryRequest request) {
    HttpCall call =
        HttpCall.postJson(
                config.baseUrl() + "/emails",
                ResendMessage.of(config.from(), request),
                request.timeout())
            .withBearer(config.apiKey())
            .withHeader("Idempotency-Key", IdempotencyKey.of(request));
    return http.send(call).map(answer -> outcome(answer, request));
  }

  /** Asks for a mail that does not exist: "not found" means that the key was taken. */
  @Override
  public Future<CheckResult> check() {
    HttpCall call =
        HttpCall.get(config.baseUrl() + NO_EMAIL, CHECK_TIMEOUT).withBearer(config.apiKey());
    return http.send(call).map(ResendProvider::checked);
  }

  @Override
  public WebhookResult receive(WebhookRequest request) {
    return webhooks.receive(request);
  }

  @Override
  public Future<Void> close() {
    return http.close();
  }

  private Outcome outcome(HttpAnswer answer, DeliveryRequest request) {
    if (answer instanceof Unanswered unanswered) {
      return unanswered.outcome();
    }
    Answered answered = (Answered) answer;
    if (answered.successful()) {
      String id =
          JsonBody.object(answered.body()).map(body -> JsonBody.text(body, "id")).orElse(null);
      if (id != null && !id.isBlank()) {
        return new Outcome.Sent(id, answered.evidence(null, null));
      }
    }
    return ResendErrors.outcome(answered, request.recipient(), clock.instant());
  }

  private static CheckResult checked(HttpAnswer answer) {
    if (answer instanceof Unanswered unanswered) {
      return CheckResult.unhealthy(unanswered.message());
    }
    Answered answered = (Answered) answer;
    // A key that may only send is refused here under a name of its own, and is good for us.
    boolean taken =
        answered.successful()
            || answered.status() == 404
            || "restricted_api_key".equals(ResendErrors.name(answered));
    return taken
        ? CheckResult.healthy("Resend takes the key")
        : CheckResult.unhealthy("Resend answers " + answered.status());
  }
}
