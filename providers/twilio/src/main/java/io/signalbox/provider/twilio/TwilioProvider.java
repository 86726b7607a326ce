package io.signalbox.provider.twilio;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.StatusLookup;
import io.signalbox.spi.StatusQuery;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.HttpMessageProvider;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** Sends through one Twilio account. */
final class TwilioProvider extends HttpMessageProvider implements WebhookReceiver, StatusLookup {
  private final TwilioConfig config;
  private final TwilioMessages messages;
  private final TwilioWebhooks webhooks;

  TwilioProvider(TwilioConfig config, ProviderContext context) {
    super(context);
    this.config = config;
    this.messages = new TwilioMessages(config.sender(), context.webhookUrl());
    this.webhooks = new TwilioWebhooks(config.webhookTokens());
  }

  @Override
  protected Optional<Outcome> refusal(DeliveryRequest request) {
    return messages.refusal(request);
  }

  @Override
  protected HttpCall call(DeliveryRequest request) {
    return HttpCall.postForm(config.messagesUrl(), messages.form(request), request.timeout())
        .withBasic(config.user(), config.password());
  }

  @Override
  protected Outcome outcome(HttpAnswer.Answered answer, DeliveryRequest request, Instant now) {
    return TwilioErrors.outcome(answer, request.recipient(), now);
  }

  @Override
  public Future<WebhookResult> receive(WebhookRequest request) {
    return Future.succeededFuture(webhooks.receive(request));
  }

  @Override
  public Future<Optional<Receipt>> lookUp(StatusQuery query) {
    Optional<String> sid = TwilioLookUp.sid(query);
    if (sid.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    HttpCall call =
        HttpCall.get(config.messageUrl(sid.get()), query.timeout())
            .withBasic(config.user(), config.password());
    return ask(call).map(answer -> TwilioLookUp.receipt(answer, query, sid.get(), now()));
  }

  /** Twilio documents no call that costs nothing and tests the credentials. */
  @Override
  public Future<CheckResult> check() {
    return checkReachable(config.baseUrl());
  }
}
