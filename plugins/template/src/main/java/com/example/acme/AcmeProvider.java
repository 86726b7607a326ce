package com.example.acme;

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
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/** Sends mail through Acme. */
final class AcmeProvider extends HttpMessageProvider implements WebhookReceiver, StatusLookup {
  private final AcmeConfig config;
  private final AcmeWebhooks webhooks;

  AcmeProvider(ProviderContext context, AcmeConfig config) {
    super(context);
    this.config = config;
    this.webhooks = new AcmeWebhooks(config.webhookSecrets());
  }

  @Override
  protected HttpCall call(DeliveryRequest request) {
    JsonObject body =
        new JsonObject()
            .put("to", request.recipient().address())
            .put("from", config.from())
            .put("subject", request.content().title())
            .put("text", request.content().plainText())
            .put("reference", request.attemptId());
    return HttpCall.postJson(config.baseUrl() + "/v1/messages", body, request.timeout())
        .withBearer(config.apiKey())
        .withHeader("Idempotency-Key", request.idempotencyKey());
  }

  @Override
  protected Outcome outcome(HttpAnswer.Answered answer, DeliveryRequest request, Instant now) {
    return AcmeOutcomes.outcome(answer, request.recipient(), now);
  }

  @Override
  public Future<WebhookResult> receive(WebhookRequest request) {
    return Future.succeededFuture(webhooks.receive(request));
  }

  @Override
  public Future<Optional<Receipt>> lookUp(StatusQuery query) {
    return ask(AcmeLookUp.call(config, query))
        .map(answer -> AcmeLookUp.receipt(answer, query, now()));
  }

  @Override
  public Future<CheckResult> check() {
    HttpCall call =
        HttpCall.get(config.baseUrl() + "/v1/account", checkTimeout()).withBearer(config.apiKey());
    return check(
        call,
        answer ->
            answer.successful()
                ? CheckResult.healthy("the key is good")
                : CheckResult.unhealthy("the account answers " + answer.status()));
  }
}
