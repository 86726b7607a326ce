package io.signalbox.provider.ses;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.HttpMessageProvider;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/** Sends mail through Amazon SES, one recipient a call, and hears of it through Amazon SNS. */
final class SesProvider extends HttpMessageProvider implements WebhookReceiver {
  private static final String SERVICE = "ses";

  private final String baseUrl;
  private final SesMessage message;
  private final SigV4Signer signer;
  private final SnsWebhooks webhooks;

  SesProvider(SesConfig config, ProviderContext context) {
    super(context);
    this.baseUrl = config.baseUrl();
    this.message = new SesMessage(config.from(), config.configurationSet());
    this.signer = new SigV4Signer(config.credentials(), config.region(), SERVICE);
    this.webhooks = new SnsWebhooks(config.sns(), this::send);
  }

  @Override
  protected Optional<Outcome> refusal(DeliveryRequest request) {
    return SesMessage.refusal(request);
  }

  @Override
  protected HttpCall call(DeliveryRequest request) {
    HttpCall unsigned =
        HttpCall.postJson(
            baseUrl + "/v2/email/outbound-emails", message.of(request), request.timeout());
    return signer.sign(unsigned, now());
  }

  @Override
  protected Outcome outcome(Answered answer, DeliveryRequest request, Instant now) {
    if (answer.successful()) {
      String id =
          JsonBody.object(answer.body()).map(body -> JsonBody.text(body, "MessageId")).orElse(null);
      if (id != null && !id.isBlank()) {
        return new Outcome.Sent(id, answer.evidence(null, null));
      }
    }
    return SesErrors.outcome(answer, request.recipient(), now);
  }

  /** Asks for the account's own state, which needs the credentials and changes nothing. */
  @Override
  public Future<CheckResult> check() {
    HttpCall unsigned = HttpCall.get(baseUrl + "/v2/email/account", checkTimeout());
    return check(signer.sign(unsigned, now()), SesProvider::checked);
  }

  @Override
  public Future<WebhookResult> receive(WebhookRequest request) {
    return webhooks.receive(request);
  }

  private static CheckResult checked(Answered answer) {
    if (answer.successful()) {
      JsonObject account = JsonBody.object(answer.body()).orElseGet(JsonObject::new);
      return "false".equals(JsonBody.text(account, "SendingEnabled"))
          ? CheckResult.unhealthy("SES has disabled sending for this account")
          : CheckResult.healthy("SES takes the key, and the account may send");
    }
    // Only a key whose signature was right is told so; one that may send need not see the account.
    return "AccessDeniedException".equals(SesErrors.code(answer))
        ? CheckResult.healthy("SES takes the key, which may not read the account's state")
        : CheckResult.unhealthy("SES answers " + answer.status());
  }
}
