package io.signalbox.simulator.messageapi;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Failure;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RemoteApi;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/** {@code POST /messages} and {@code GET /account}. */
public final class MessageApi implements RemoteApi {
  private static final int MAX_BODY_BYTES = 1024 * 1024;

  private final MessageApiAccount account;
  private final PluginState state;
  private final MessageEvents events;

  /** The API of one account. */
  public MessageApi(MessageApiAccount account, PluginState state) {
    this.account = account;
    this.state = state;
    this.events = new MessageEvents(account, state);
  }

  /** The name of the plugin that speaks with it. */
  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public JsonObject account() {
    return account.toState();
  }

  @Override
  public int maxBodyBytes() {
    return MAX_BODY_BYTES;
  }

  @Override
  public Answer answer(ApiRequest request, Handling handling) {
    if (!account.token().equals(request.bearerToken())) {
      return MessageApiErrors.of(401, "unauthorized", "The token is missing or wrong.");
    }
    String path = request.path();
    if (path.equals("/messages") && request.method().equals(HttpMethod.POST)) {
      return Fields.object(request.body())
          .map(body -> send(new IncomingMessage(body), handling))
          .orElseGet(
              () -> MessageApiErrors.of(400, "invalid_json", "The body must be a JSON object."));
    }
    if (path.equals("/account") && request.method().equals(HttpMethod.GET)) {
      return Answer.json(200, new JsonObject().put("account", "sandbox"));
    }
    return MessageApiErrors.of(404, "not_found", "There is POST /messages and GET /account.");
  }

  private Answer send(IncomingMessage message, Handling handling) {
    return message.refusal(handling.refuseRecipient()).orElseGet(() -> take(message, handling));
  }

  private Answer take(IncomingMessage message, Handling handling) {
    String id = "msg_" + state.ids().hex(24);
    state
        .received()
        .add(message.recipient(), message.reference(), id, message.text(), handling.delivers());
    if (handling.receipts()) {
      events.schedule(id, message);
    }
    return Answer.json(202, new JsonObject().put("id", id).put("status", "accepted"));
  }

  @Override
  public Answer failure(Failure failure, ApiRequest request, int retryAfterSeconds) {
    return MessageApiErrors.of(failure, retryAfterSeconds);
  }

  @Override
  public void close() {
    events.close();
  }
}
