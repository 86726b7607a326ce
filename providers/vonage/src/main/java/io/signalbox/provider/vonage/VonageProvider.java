package io.signalbox.provider.vonage;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.HttpMessageProvider;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** Sends through one Vonage account. */
final class VonageProvider extends HttpMessageProvider implements WebhookReceiver {
  private final VonageConfig config;
  private final VonageMessages messages;
  private final VonageWebhooks webhooks;

  VonageProvider(VonageConfig config, ProviderContext context) {
    super(context);
    this.config = config;
    this.messages = new VonageMessages(config.from(), context.webhookUrl());
    this.webhooks = new VonageWebhooks(config);
  }

  @Override
  protected Optional<Outcome> refusal(DeliveryRequest request) {
    return messages.refusal(request);
  }

  @Override
  protected HttpCall call(DeliveryRequest request) {
    return HttpCall.postJson(config.sendUrl(), messages.json(request), request.timeout())
        .withBasic(config.apiKey(), config.apiSecret());
  }

  @Override
  protected Outcome outcome(HttpAnswer.Answered answer, DeliveryRequest request, Instant now) {
    return VonageErrors.outcome(answer, request.recipient(), now);
  }

  @Override
  public Future<WebhookResult> receive(WebhookRequest request) {
    return Future.succeededFuture(webhooks.receive(request));
  }

  /** The SMS API has no call that costs nothing and tests the credentials. */
  @Override
  public Future<CheckResult> check() {
    return checkReachable(config.baseUrl());
  }
}
