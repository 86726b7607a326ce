package io.signalbox.provider.telegram;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.HttpMessageProvider;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Sends through one bot. */
final class TelegramProvider extends HttpMessageProvider implements WebhookReceiver {
  private final TelegramConfig config;
  private final TelegramMessages messages;
  private final TelegramErrors errors;
  private final TelegramWebhooks webhooks;

  TelegramProvider(TelegramConfig config, ProviderContext context) {
    super(context);
    this.config = config;
    this.messages = new TelegramMessages(config.parseMode());
    this.errors = new TelegramErrors(config.botToken());
    this.webhooks = new TelegramWebhooks(config.secretTokens());
  }

  /** Also refuses every recipient that is no chat. */
  @Override
  protected Optional<Outcome> refusal(DeliveryRequest request) {
    return messages.refusal(request);
  }

  @Override
  protected HttpCall call(DeliveryRequest request) {
    return call(
        request, ((Recipient.TelegramChat) request.recipient()).chatId(), request.timeout());
  }

  /**
   * A group that became a supergroup has a new id, and Telegram's refusal names it: sending once
   * more to that id is the documented answer. The two calls share the attempt's time.
   */
  @Override
  protected Future<HttpAnswer> transmit(DeliveryRequest request) {
    Instant begun = now();
    return send(call(request), request).compose(answer -> followMigration(request, answer, begun));
  }

  @Override
  protected Outcome outcome(HttpAnswer.Answered answer, DeliveryRequest request, Instant now) {
    return errors.outcome(answer, request.recipient(), now);
  }

  @Override
  public Future<WebhookResult> receive(WebhookRequest request) {
    return Future.succeededFuture(webhooks.receive(request));
  }

  /** Asks the bot for its name: tests the token, sends nothing. */
  @Override
  public Future<CheckResult> check() {
    return check(HttpCall.get(config.url("getMe"), checkTimeout()), errors::check);
  }

  private Future<HttpAnswer> followMigration(
      DeliveryRequest request, HttpAnswer answer, Instant begun) {
    OptionalLong newChat = TelegramErrors.migratedTo(answer);
    Duration left = request.timeout().minus(Duration.between(begun, now()));
    return newChat.isEmpty() || left.toMillis() <= 0
        ? Future.succeededFuture(answer)
        : send(call(request, newChat.getAsLong(), left), request);
  }

  private HttpCall call(DeliveryRequest request, long chatId, Duration timeout) {
    return HttpCall.postJson(config.url("sendMessage"), messages.json(request, chatId), timeout);
  }
}
