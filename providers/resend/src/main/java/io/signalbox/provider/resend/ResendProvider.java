package io.signalbox.provider.resend;

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
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.HttpMessageProvider;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** Sends mail through Resend, one recipient a call. */
final class ResendProvider extends HttpMessageProvider implements WebhookReceiver, StatusLookup {
  /** A mail that does not exist: asking for it needs the key, and changes nothing. */
  private static final String NO_EMAIL = "/emails/00000000-0000-0000-0000-000000000000";

  private final ResendConfig config;
  private final ResendWebhooks webhooks;
  private final MailSearch search;

  ResendProvider(ResendConfig config, ProviderContext context) {
    super(context);
    this.config = config;
    this.webhooks = new ResendWebhooks(config.webhookSecrets(), config.webhookTolerance());
    this.search = new MailSearch(config, this::ask, context.clock());
  }

  @Override
  protected HttpCall call(DeliveryRequest request) {
    return HttpCall.postJson(
            config.baseUrl() + "/emails",
            ResendMessage.of(config.from(), request),
            request.timeout())
        .withBearer(config.apiKey())
        .withHeader("Idempotency-Key", IdempotencyKey.of(request));
  }

  @Override
  protected Outcome outcome(Answered answer, DeliveryRequest request, Instant now) {
    if (answer.successful()) {
      String id =
          JsonBody.object(answer.body()).map(body -> JsonBody.text(body, "id")).orElse(null);
      if (id != null && !id.isBlank()) {
        return new Outcome.Sent(id, answer.evidence(null, null));
      }
    }
    return ResendErrors.outcome(answer, request.recipient(), now);
  }

  /** Asks for a mail that does not exist: "not found" means that the key was taken. */
  @Override
  public Future<CheckResult> check() {
    return check(
        HttpCall.get(config.baseUrl() + NO_EMAIL, checkTimeout()).withBearer(config.apiKey()),
        ResendProvider::checked);
  }

  @Override
  public Future<Optional<Receipt>> lookUp(StatusQuery query) {
    return search.find(query);
  }

  @Override
  public Future<WebhookResult> receive(WebhookRequest request) {
    return Future.succeededFuture(webhooks.receive(request));
  }

  private static CheckResult checked(Answered answer) {
    // A key that may only send is refused here under a name of its own, and is good for us.
    boolean taken =
        answer.successful()
            || answer.status() == 404
            || "restricted_api_key".equals(ResendErrors.name(answer));
    return taken
        ? CheckResult.healthy("Resend takes the key")
        : CheckResult.unhealthy("Resend answers " + answer.status());
  }
}
