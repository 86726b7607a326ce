package io.signalbox.simulator.whatsapp;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Failure;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RemoteApi;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code POST /<version>/<phone_number_id>/messages}, and the entry of the number itself. */
public final class WhatsAppApi implements RemoteApi {
  private static final int MAX_BODY_BYTES = 1024 * 1024;
  private static final Pattern PATH = Pattern.compile("/v\\d+\\.\\d+/(\\d+)(/messages)?");
  private static final int MESSAGE_ID_LENGTH = 48;

  private final WhatsAppAccount account;
  private final PluginState state;
  private final StatusBatches statuses;

  /** The API of one account. */
  public WhatsAppApi(WhatsAppAccount account, PluginState state) {
    this.account = account;
    this.state = state;
    this.statuses = new StatusBatches(account, state);
  }

  @Override
  public String name() {
    return "whatsapp";
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
    if (!account.accessToken().equals(request.bearerToken())) {
      return GraphErrors.badToken();
    }
    Matcher path = PATH.matcher(request.path());
    if (!path.matches() || !path.group(1).equals(account.phoneNumberId())) {
      return GraphErrors.noSuchObject();
    }
    boolean messages = path.group(2) != null;
    if (messages && request.method().equals(HttpMethod.POST)) {
      return Fields.object(request.body())
          .map(body -> send(new OutgoingMessage(body), handling))
          .orElseGet(() -> GraphErrors.invalid("The body must be a JSON object."));
    }
    return !messages && request.method().equals(HttpMethod.GET)
        ? Answer.json(200, new JsonObject().put("id", account.phoneNumberId()))
        : GraphErrors.noSuchObject();
  }

  private Answer send(OutgoingMessage message, Handling handling) {
    Optional<Answer> refusal = message.refusal(handling.refuseRecipient());
    return refusal.orElseGet(() -> take(message, handling));
  }

  private Answer take(OutgoingMessage message, Handling handling) {
    String id = "wamid." + state.ids().alphanumeric(MESSAGE_ID_LENGTH);
    state
        .received()
        .add(message.recipient(), message.reference(), id, message.text(), handling.delivers());
    if (handling.receipts()) {
      statuses.schedule(new StatusBatches.Message(id, message.userId(), message.reference()));
    }
    JsonObject contact =
        new JsonObject().put("input", message.recipient()).put("wa_id", message.userId());
    JsonObject taken = new JsonObject().put("id", id);
    if (message.isTemplate()) {
      taken.put("message_status", "accepted");
    }
    return Answer.json(
        200,
        new JsonObject()
            .put("messaging_product", "whatsapp")
            .put("contacts", new JsonArray().add(contact))
            .put("messages", new JsonArray().add(taken)));
  }

  @Override
  public Answer failure(Failure failure, ApiRequest request, int retryAfterSeconds) {
    return GraphErrors.of(failure, account.phoneNumberId(), retryAfterSeconds);
  }

  @Override
  public void close() {
    statuses.close();
  }
}
