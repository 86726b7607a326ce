package io.signalbox.provider.vonage;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
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
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends through one Vonage account. */
final class VonageProvider extends HttpMessageProvider implements WebhookReceiver, StatusLookup {
  private static final HttpAnswer WITHOUT_TOKEN =
      new HttpAnswer.Unanswered(
          Progress.NOT_CONNECTED, "no_token", "the application's token could not be signed");

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
              new MessagesTransport(config, context.webhookUrl(), token(config, context.vertx()));
        };
    this.webhooks = new VonageWebhooks(config);
    this.reports = new ReportQuery(config);
  }

  private static @Nullable ApplicationToken token(VonageConfig config, Vertx vertx) {
    VonageConfig.Application application = config.application();
    return application == null
        ? null
        : new ApplicationToken(vertx, application, () -> UUID.randomUUID().toString());
  }

  @Override
  protected Optional<Outcome> refusal(DeliveryRequest request) {
    return transport.refusal(request);
  }

  @Override
  protected HttpCall call(DeliveryRequest request) {
    return transport.call(request);
  }

  /** Without credentials nothing is sent; the wait for them is part of the call's time. */
  @Override
  protected Future<HttpAnswer> transmit(DeliveryRequest request) {
    Instant begun = now();
    return transport
        .authorized(call(request), begun)
        .timeout(Math.max(1, request.timeout().toMillis()), TimeUnit.MILLISECONDS)
        .transform(
            authorized ->
                authorized.succeeded()
                    ? send(within(authorized.result(), Duration.between(begun, now())), request)
                    : Future.succeededFuture(WITHOUT_TOKEN));
  }

  /** The call with the time that is left of its own. */
  private static HttpCall within(HttpCall call, Duration spent) {
    Duration left = call.timeout().minus(spent);
    return new HttpCall(
        call.method(),
        call.url(),
        call.headers(),
        call.body(),
        left.toMillis() > 0 ? left : Duration.ofMillis(1));
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
