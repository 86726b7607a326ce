package io.signalbox.provider.vonage;

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
import java.util.UUID;

/** Sends through one Vonage account. */
final class VonageProvider extends HttpMessageProvider implements WebhookReceiver, StatusLookup {
  private final VonageConfig config;
  private final Transport transport;
  private final VonageWebhooks webhooks;
  private final ReportQuery reports;

  VonageProvider(VonageConfig config, ProviderContext context) {
    super(context);
    this.config = config;
    this.transport =
        switch (config.api()) {
          case SMS -> new SmsTransport(config, context.webhookUrl());
          case MESSAGES ->
              new MessagesTransport(
                  config, context.webhookUrl(), () -> UUID.randomUUID().toString());
        };
    this.webhooks = new VonageWebhooks(config);
    this.reports = new ReportQuery(config);
  }

  @Override
  protected Optional<Outcome> refusal(DeliveryRequest request) {
    return transport.refusal(request);
  }

  @Override
  protected HttpCall call(DeliveryRequest request) {
    return transport.call(request, now());
  }

  @Override
  protected Outcome outcome(HttpAnswer.Answered answer, DeliveryRequest request, Instant now) {
    return transport.outcome(answer, request, now);
  }

  @Override
  public Future<Optional<Receipt>> lookUp(StatusQuery query) {
    return ask(reports.call(query))
        .map(answer -> ReportRecords.receipt(answer, config.api(), query, now()));
  }

  @Override
  public Future<WebhookResult> receive(WebhookRequest request) {
    return Future.succeededFuture(webhooks.receive(request));
  }

  /** Neither API has a call that costs nothing and tests the credentials. */
  @Override
  public Future<CheckResult> check() {
    return checkReachable(config.baseUrl());
  }
}
