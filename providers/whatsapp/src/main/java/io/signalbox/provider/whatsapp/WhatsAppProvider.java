package io.signalbox.provider.whatsapp;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.HttpMessageProvider;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends from one number of a WhatsApp Business account. */
final class WhatsAppProvider extends HttpMessageProvider implements WebhookReceiver {
  private final WhatsAppConfig config;
  private final WhatsAppMessages messages;
  private final WhatsAppErrors errors;
  private final WhatsAppWebhooks webhooks;

  WhatsAppProvider(WhatsAppConfig config, ProviderContext context) {
    super(context);
    this.config = config;
    this.messages = new WhatsAppMessages(config.previewUrl());
    this.errors = new WhatsAppErrors(config.marketingStopUnsubscribes());
    this.webhooks = new WhatsAppWebhooks(config, errors);
  }

  @Override
  protected Optional<Outcome> refusal(DeliveryRequest request) {
    return WhatsAppMessages.refusal(request, first(request));
  }

  @Override
  protected HttpCall call(DeliveryRequest request) {
    WhatsAppTemplate template = first(request);
    return post(
        template == null ? messages.text(request) : WhatsAppMessages.template(request, template),
        request.timeout());
  }

  /** A text that is refused because the window is closed was not sent: its template may follow. */
  @Override
  protected Future<HttpAnswer> transmit(DeliveryRequest request) {
    WhatsAppTemplate template = fallback(request);
    if (template == null) {
      return super.transmit(request);
    }
    Instant begun = now();
    return super.transmit(request)
        .compose(
            answer -> {
              Duration left = request.timeout().minus(Duration.between(begun, now()));
              boolean closed =
                  answer instanceof Answered answered
                      && WhatsAppErrors.CLOSED_WINDOW.equals(WhatsAppErrors.code(answered));
              return closed && left.toMillis() > 0
                  ? send(post(WhatsAppMessages.template(request, template), left), request)
                  : Future.succeededFuture(answer);
            });
  }

  @Override
  protected Outcome outcome(Answered answer, DeliveryRequest request, Instant now) {
    return errors.outcome(answer, request.recipient());
  }

  @Override
  public Future<WebhookResult> receive(WebhookRequest request) {
    return Future.succeededFuture(webhooks.receive(request));
  }

  /** Reads the number's own entry, which needs the token and changes nothing. */
  @Override
  public Future<CheckResult> check() {
    HttpCall call =
        HttpCall.get(config.numberUrl() + "?fields=id", checkTimeout())
            .withBearer(config.accessToken());
    return check(call, WhatsAppProvider::checked);
  }

  private static CheckResult checked(Answered answer) {
    if (answer.successful()) {
      return CheckResult.healthy("WhatsApp knows the number and takes the token");
    }
    String code = WhatsAppErrors.code(answer);
    return CheckResult.unhealthy(
        "WhatsApp answers " + answer.status() + (code == null ? "" : ", code " + code));
  }

  /** The template to send at once; null if a text is to be sent first. */
  private @Nullable WhatsAppTemplate first(DeliveryRequest request) {
    WhatsAppTemplate first = config.templates().first(request.notificationType());
    boolean unfitText = first == null && WhatsAppMessages.refusal(request, null).isPresent();
    return unfitText ? instead(request) : first;
  }

  /** The template to send if the text is refused; null if there is none. */
  private @Nullable WhatsAppTemplate fallback(DeliveryRequest request) {
    return first(request) == null ? instead(request) : null;
  }

  /** What may take the place of a text; null if there is no template, or it lacks parameters. */
  private @Nullable WhatsAppTemplate instead(DeliveryRequest request) {
    WhatsAppTemplate template = config.templates().afterClosedWindow(request.notificationType());
    return template != null && WhatsAppMessages.refusal(request, template).isEmpty()
        ? template
        : null;
  }

  private HttpCall post(JsonObject body, Duration timeout) {
    return HttpCall.postJson(config.messagesUrl(), body, timeout).withBearer(config.accessToken());
  }
}
