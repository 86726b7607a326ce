package io.signalbox.provider.webhook;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.HttpMessageProvider;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.NotSent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends through an API that the configuration describes. */
final class WebhookProvider extends HttpMessageProvider implements WebhookReceiver {
  private final WebhookConfig config;
  private final @Nullable String webhookUrl;

  WebhookProvider(WebhookConfig config, ProviderContext context) {
    super(context);
    this.config = config;
    this.webhookUrl = context.webhookUrl();
  }

  @Override
  protected Optional<Outcome> refusal(DeliveryRequest request) {
    String text = request.content().plainText();
    int characters = text.codePointCount(0, text.length());
    if (config.maxCharacters() > 0 && characters > config.maxCharacters()) {
      return rejected(
          "body_too_long", characters + " characters, at most " + config.maxCharacters());
    }
    return config
        .request()
        .unfit(values(request))
        .flatMap(name -> rejected("unfit_value", "{{" + name + "}} cannot stand where it should"));
  }

  @Override
  protected HttpCall call(DeliveryRequest request) {
    return config.request().call(values(request));
  }

  @Override
  protected Outcome outcome(Answered answer, DeliveryRequest request, Instant now) {
    Object json = json(answer);
    if (!config.success().holds(answer, json)) {
      return config.errors().outcome(answer, json, request.recipient(), now);
    }
    String id = config.success().messageId(answer, json, request.attemptId());
    return id == null
        ? new Outcome.Unknown(answer.evidence("unreadable_answer", "a success without its id"))
        : new Outcome.Sent(id, answer.evidence(null, null));
  }

  @Override
  public Future<WebhookResult> receive(WebhookRequest request) {
    WebhookEvents receiver = config.receiver();
    return Future.succeededFuture(
        receiver == null
            ? new WebhookResult.Refused(Refusal.UNAUTHENTICATED, "no webhook is configured")
            : receiver.receive(request));
  }

  @Override
  public Future<CheckResult> check() {
    String url = config.checkUrl();
    return url == null
        ? checkReachable(config.request().url().host())
        : check(config.request().check(url, checkTimeout()), WebhookProvider::checked);
  }

  private static CheckResult checked(Answered answer) {
    return answer.successful()
        ? CheckResult.healthy("the check was answered with " + answer.status())
        : CheckResult.unhealthy("the check was answered with " + answer.status());
  }

  private Values values(DeliveryRequest request) {
    return new Values(request, webhookUrl);
  }

  private static @Nullable Object json(Answered answer) {
    Optional<JsonObject> object = JsonBody.object(answer.body());
    return object.isPresent() ? object.get() : JsonBody.array(answer.body()).orElse(null);
  }

  private static Optional<Outcome> rejected(String code, String message) {
    return NotSent.rejected(ReasonClass.INVALID_CONTENT, code, message);
  }
}
