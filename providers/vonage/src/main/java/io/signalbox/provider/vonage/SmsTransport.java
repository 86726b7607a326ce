package io.signalbox.provider.vonage;

import io.signalbox.spi.Channel;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.HttpCall;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SMS API: {@code POST /sms/json}. */
final class SmsTransport implements Transport {
  private final VonageConfig config;
  private final @Nullable String webhookUrl;

  /**
   * Sends through an account.
   *
   * @param webhookUrl null to leave the URL to the account's settings
   */
  SmsTransport(VonageConfig config, @Nullable String webhookUrl) {
    this.config = config;
    this.webhookUrl = webhookUrl;
  }

  @Override
  public Optional<Outcome> refusal(DeliveryRequest request) {
    return Refusals.of(request)
        .or(
            () ->
                request.channel() == Channel.SMS
                    ? Optional.empty()
                    : Refusals.notServed(request, config.api()));
  }

  @Override
  public HttpCall call(DeliveryRequest request) {
    return HttpCall.postJson(config.baseUrl() + "/sms/json", json(request), request.timeout());
  }

  @Override
  public Future<HttpCall> authorized(HttpCall call, Instant now) {
    return Future.succeededFuture(call.withBasic(config.apiKey(), config.apiSecret()));
  }

  @Override
  public Outcome outcome(HttpAnswer.Answered answer, DeliveryRequest request, Instant now) {
    return SmsAnswers.outcome(answer, request.recipient(), now);
  }

  private JsonObject json(DeliveryRequest request) {
    String text = request.content().plainText();
    JsonObject json =
        new JsonObject()
            .put("from", config.from())
            .put("to", Refusals.digits(request))
            .put("text", text)
            .put("type", GsmAlphabet.covers(text) ? "text" : "unicode")
            .put("client-ref", request.attemptId());
    if (webhookUrl != null) {
      json.put("callback", webhookUrl).put("status-report-req", true);
    }
    Duration validFor = request.validFor();
    return validFor == null ? json : json.put("ttl", TimeToLive.of(validFor).toMillis());
  }
}
