package io.signalbox.provider.mailgun;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.Secret;
import io.signalbox.spi.StatusLookup;
import io.signalbox.spi.StatusQuery;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.HttpMessageProvider;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** Sends mail from one Mailgun domain, one recipient a call. */
final class MailgunProvider extends HttpMessageProvider implements WebhookReceiver, StatusLookup {
  private static final String USER = "api";
  private static final int REFUSED_AS_EMPTY = 400;

  private final MailgunConfig config;
  private final MailgunWebhooks webhooks;

  MailgunProvider(MailgunConfig config, ProviderContext context) {
    super(context);
    this.config = config;
    this.webhooks = new MailgunWebhooks(config.webhookSigningKeys(), config.webhookTolerance());
  }

  @Override
  protected Optional<Outcome> refusal(DeliveryRequest request) {
    return MailgunMessage.refusal(request);
  }

  @Override
  protected HttpCall call(DeliveryRequest request) {
    return signedIn(
        HttpCall.postForm(
            config.messagesUrl(), MailgunMessage.form(config.from(), request), request.timeout()),
        config.apiKey());
  }

  @Override
  protected Outcome outcome(Answered answer, DeliveryRequest request, Instant now) {
    return MailgunErrors.outcome(answer, request.recipient(), now);
  }

  @Override
  public Future<WebhookResult> receive(WebhookRequest request) {
    return Future.succeededFuture(webhooks.receive(request));
  }

  @Override
  public Future<Optional<Receipt>> lookUp(StatusQuery query) {
    HttpCall call =
        HttpCall.get(config.eventsUrl() + "?" + MailgunLookUp.parameters(query), query.timeout());
    return ask(signedIn(call, config.eventsApiKey()))
        .map(answer -> MailgunLookUp.receipt(answer, query, now()));
  }

  /**
   * Asks for a mail without sender, recipient and text, which Mailgun refuses: after it has taken
   * the key, and without a mail. A key that may only send can make no other call.
   */
  @Override
  public Future<CheckResult> check() {
    HttpCall call = HttpCall.postForm(config.messagesUrl(), FormBody.empty(), checkTimeout());
    return check(
        signedIn(call, config.apiKey()),
        answer ->
            answer.status() == REFUSED_AS_EMPTY
                ? CheckResult.healthy("Mailgun takes the key")
                : CheckResult.unhealthy("Mailgun answers " + answer.status()));
  }

  private static HttpCall signedIn(HttpCall call, Secret key) {
    return call.withBasic(USER, key);
  }
}
