package io.signalbox.provider.twilio;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MessageProvider;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.HttpDelivery;
import io.signalbox.toolkit.HttpDeliveryOptions;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Sends through one Twilio account. */
final class TwilioProvider implements MessageProvider, WebhookReceiver {
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

  private final TwilioConfig config;
  private final TwilioMessages messages;
  private final TwilioWebhooks webhooks;
  private final HttpDelivery http;
  private final Clock clock;

  TwilioProvider(TwilioConfig config, ProviderContext context) {
    this.config = config;
    this.messages = new TwilioMessages(config.sender(), context.webhookUrl());
    this.webhooks = new TwilioWebhooks(config.webhookTokens());
    this.http = new HttpDelivery(context.vertx(), HttpDeliveryOptions.DEFAULTS);
    this.clock = context.clock();
  }

  @Override
  public Future<Outcome> deliver(DeliveryRequest request) {
    Optional<Outcome> refused = messages.refusal(request);
    if (refused.isPresent()) {
      return Future.succeededFuture(refused.get());
    }
    HttpCall call =
        HttpCall.postForm(config.messagesUrl(), messages.form(request), request.timeout())
            .withBasic(config.user(), config.password());
    return http.send(call).map(answer -> outcome(answer, request.recipient()));
  }

  @Override
  public WebhookResult receive(WebhookRequest request) {
    return webhooks.receive(request);
  }

  /** Twilio documents no call that costs nothing and tests the credentials. */
  @Override
  public Future<CheckResult> check() {
    return http.checkReachable(config.baseUrl(), CHECK_TIMEOUT);
  }

  @Override
  public Future<Void> close() {
    return http.close();
  }

  private Outcome outcome(HttpAnswer answer, Recipient recipient) {
    if (answer instanceof HttpAnswer.Answered answered) {
      return TwilioErrors.outcome(answered, recipient, clock.instant());
    }
    return ((HttpAnswer.Unanswered) answer).outcome();
  }
}
