package io.signalbox.provider.telegram;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MessageProvider;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.HttpDelivery;
import io.signalbox.toolkit.HttpDeliveryOptions;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Sends through one bot. */
final class TelegramProvider implements MessageProvider, WebhookReceiver {
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(5);

  private final TelegramConfig config;
  private final TelegramMessages messages;
  private final TelegramErrors errors;
  private final TelegramWebhooks webhooks;
  private final HttpDelivery http;
  private final Clock clock;

  TelegramProvider(TelegramConfig config, ProviderContext context) {
    this.config = config;
    this.messages = new TelegramMessages(config.parseMode());
    this.errors = new TelegramErrors(config.botToken());
    this.webhooks = new TelegramWebhooks(config.secretTokens());
    this.http = new HttpDelivery(context.vertx(), HttpDeliveryOptions.DEFAULTS);
    this.clock = context.clock();
  }

  @Override
  public Future<Outcome> deliver(DeliveryRequest request) {
    Optional<Outcome> refused = messages.refusal(request);
    if (refused.isPresent() || !(request.recipient() instanceof Recipient.TelegramChat chat)) {
      return Future.succeededFuture(refused.orElseThrow());
    }
    Instant begun = clock.instant();
    return send(request, chat.chatId(), request.timeout())
        .compose(answer -> followMigration(request, answer, begun))
        .map(answer -> outcome(answer, chat));
  }

  @Override
  public WebhookResult receive(WebhookRequest request) {
    return webhooks.receive(request);
  }

  /** Asks the bot for its name: tests the token, sends nothing. */
  @Override
  public Future<CheckResult> check() {
    return http.send(HttpCall.get(config.url("getMe"), CHECK_TIMEOUT)).map(errors::check);
  }

  @Override
  public Future<Void> close() {
    return http.close();
  }

  /**
   * A group that became a supergroup has a new id, and Telegram's refusal names it: sending once
   * more to that id is the documented answer. The two calls share the attempt's time.
   */
  private Future<HttpAnswer> followMigration(
      DeliveryRequest request, HttpAnswer answer, Instant begun) {
    OptionalLong newChat = TelegramErrors.migratedTo(answer);
    Duration left = request.timeout().minus(Duration.between(begun, clock.instant()));
    return newChat.isEmpty() || left.toMillis() <= 0
        ? Future.succeededFuture(answer)
        : send(request, newChat.getAsLong(), left);
  }

  private Future<HttpAnswer> send(DeliveryRequest request, long chatId, Duration timeout) {
    return http.send(
        HttpCall.postJson(config.url("sendMessage"), messages.json(request, chatId), timeout));
  }

  private Outcome outcome(HttpAnswer answer, Recipient recipient) {
    if (answer instanceof HttpAnswer.Answered answered) {
      return errors.outcome(answered, recipient, clock.instant());
    }
    return ((HttpAnswer.Unanswered) answer).outcome();
  }
}
