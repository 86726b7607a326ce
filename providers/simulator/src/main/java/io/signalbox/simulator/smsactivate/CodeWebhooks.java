package io.signalbox.simulator.smsactivate;

import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.WebUrl;
import io.signalbox.simulator.rental.Message;
import io.signalbox.simulator.rental.Order;
import io.signalbox.simulator.webhook.WebhookCall;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * Tells of codes that came in, at the settings' URL, without a signature. As a customer would, it
 * writes the secret into that URL.
 */
final class CodeWebhooks {
  private final PluginState state;
  private final SmsActivateAccount account;

  CodeWebhooks(PluginState state, SmsActivateAccount account) {
    this.state = state;
    this.account = account;
  }

  void tell(Order order, Message message) {
    JsonObject body =
        new JsonObject()
            .put("activationId", order.id())
            .put("service", order.good().service())
            .put("text", message.text())
            .put("code", message.code())
            .put("country", Texts.country(order.good().country()))
            .put("receivedAt", Texts.time(message.at()));
    Map<String, String> headers = Map.of("Content-Type", "application/json");
    Optional.ofNullable(state.settings().webhookUrl())
        .flatMap(url -> WebUrl.parse(withSecret(url)))
        .map(url -> new WebhookCall(url, headers, body.toBuffer()))
        .ifPresent(state.webhooks()::send);
  }

  private String withSecret(String url) {
    return url + (url.contains("?") ? "&" : "?") + "secret=" + account.webhookSecret();
  }
}
