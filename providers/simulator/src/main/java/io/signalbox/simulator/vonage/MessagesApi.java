package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RecentMessages;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/messages}. */
final class MessagesApi {
  private final PluginState state;
  private final VonageCredentials credentials;
  private final ApplicationTokens tokens;
  private final RecentMessages<SentMessage> recent;
  private final MessageWebhooks webhooks;

  MessagesApi(
      VonageAccount account,
      PluginState state,
      VonageCredentials credentials,
      RecentMessages<SentMessage> recent) {
    this.state = state;
    this.credentials = credentials;
    this.tokens = new ApplicationTokens(account.applicationId(), account.privateKey());
    this.recent = recent;
    this.webhooks = new MessageWebhooks(state, new WebhookToken(account, state));
  }

  Answer answer(ApiRequest request, Handling handling) {
    String token = request.bearerToken();
    boolean known =
        token == null ? credentials.isBasic(request) : tokens.isGood(token, state.epochSeconds());
    if (!known) {
      return VonageProblem.unauthorized();
    }
    Optional<JsonObject> body = Fields.object(request.body());
    if (body.isEmpty()) {
      return VonageProblem.message(1040, "Invalid message", "The body is no JSON object.");
    }
    MessageForm form = new MessageForm(body.get());
    return form.refusal(handling.refuseRecipient()).orElseGet(() -> take(form, handling));
  }

  private Answer take(MessageForm form, Handling handling) {
    SentMessage message =
        new SentMessage(
            SentMessage.Product.MESSAGES,
            state.ids().uuid(),
            form.value("channel"),
            form.value("to"),
            form.value("from"),
            form.filled("client_ref"),
            state.clock().instant());
    recent.put(message.id(), message);
    state
        .received()
        .add(
            message.to(),
            message.reference(),
            message.id(),
            form.value("text"),
            handling.delivers());
    if (handling.delivers()) {
      webhooks.schedule(message, handling.receipts() ? urlOf(form) : null);
    }
    return Answer.json(202, new JsonObject().put("message_uuid", message.id()));
  }

  private @Nullable String urlOf(MessageForm form) {
    String own = form.filled("webhook_url");
    return own != null ? own : state.settings().webhookUrl();
  }

  void close() {
    webhooks.close();
  }
}
