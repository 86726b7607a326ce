package io.signalbox.provider.vonage;

import io.signalbox.spi.Channel;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.NotSent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Messages API: {@code POST /v1/messages}, texts by SMS and by WhatsApp. */
final class MessagesTransport implements Transport {
  /** Most characters of a text, counted in code points. */
  private static final Map<Channel, Integer> MAX_TEXT =
      Map.of(Channel.SMS, 1000, Channel.WHATSAPP, 4096);

  private final VonageConfig config;
  private final @Nullable String webhookUrl;
  private final @Nullable ApplicationToken token;

  /**
   * Sends through an account.
   *
   * @param webhookUrl null to leave the URL to the settings of account and application
   * @param token of the application that sends; null to send by key and secret
   */
  MessagesTransport(
      VonageConfig config, @Nullable String webhookUrl, @Nullable ApplicationToken token) {
    this.config = config;
    this.webhookUrl = webhookUrl;
    this.token = token;
  }

  @Override
  public Optional<Outcome> refusal(DeliveryRequest request) {
    Optional<Outcome> refused = Refusals.of(request);
    if (refused.isPresent()) {
      return refused;
    }
    Integer max = MAX_TEXT.get(request.channel());
    return max == null
        ? Refusals.notServed(request, config.api())
        : tooLong(request.content().plainText(), max);
  }

  private static Optional<Outcome> tooLong(String text, int max) {
    int characters = text.codePointCount(0, text.length());
    return characters <= max
        ? Optional.empty()
        : NotSent.rejected(
            ReasonClass.INVALID_CONTENT,
            "text_too_long",
            characters + " characters, at most " + max);
  }

  @Override
  public HttpCall call(DeliveryRequest request) {
    return HttpCall.postJson(config.baseUrl() + "/v1/messages", json(request), request.timeout());
  }

  @Override
  public Future<HttpCall> authorized(HttpCall call, Instant now) {
    return token == null
        ? Future.succeededFuture(call.withBasic(config.apiKey(), config.apiSecret()))
        : token.at(now).map(call::withBearer);
  }

  @Override
  public Outcome outcome(HttpAnswer.Answered answer, DeliveryRequest request, Instant now) {
    return MessagesAnswers.outcome(answer, request.recipient(), now);
  }

  private JsonObject json(DeliveryRequest request) {
    JsonObject json =
        new JsonObject()
            .put("message_type", "text")
            .put("channel", request.channel().wireName())
            .put("to", Refusals.digits(request))
            .put("from", config.from())
            .put("text", request.content().plainText())
            .put("client_ref", request.attemptId());
    if (webhookUrl != null) {
      json.put("webhook_url", webhookUrl).put("webhook_version", "v1");
    }
    Duration validFor = request.validFor();
    // The API knows a time to live for SMS, in seconds, and none for WhatsApp.
    return validFor == null || request.channel() != Channel.SMS
        ? json
        : json.put("ttl", TimeToLive.of(validFor).toSeconds());
  }
}
