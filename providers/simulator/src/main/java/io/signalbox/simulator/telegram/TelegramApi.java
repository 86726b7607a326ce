package io.signalbox.simulator.telegram;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Failure;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RemoteApi;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code sendMessage} and {@code getMe} of the Bot API. It has no receipts, so none are sent. */
public final class TelegramApi implements RemoteApi {
  private static final int MAX_BODY_BYTES = 1024 * 1024;
  private static final Pattern PATH = Pattern.compile("/bot([0-9]+:[A-Za-z0-9_-]+)/([A-Za-z]+)");

  private final TelegramAccount account;
  private final PluginState state;
  private final JsonObject bot;
  private long messageIds;

  /** The API of one bot. */
  public TelegramApi(TelegramAccount account, PluginState state) {
    this.account = account;
    this.state = state;
    this.bot =
        new JsonObject()
            .put("id", account.botId())
            .put("is_bot", true)
            .put("first_name", "Notify")
            .put("username", "notify_bot");
  }

  @Override
  public String name() {
    return "telegram";
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
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      return TelegramErrors.of(404, "Not Found");
    }
    if (!account.botToken().equals(path.group(1))) {
      return TelegramErrors.of(401, "Unauthorized");
    }
    return switch (path.group(2).toLowerCase(Locale.ROOT)) {
      case "sendmessage" -> send(request, handling);
      case "getme" -> ok(bot);
      default -> TelegramErrors.of(404, "Not Found");
    };
  }

  private Answer send(ApiRequest request, Handling handling) {
    return SendMessage.read(request)
        .map(
            message ->
                message
                    .refusal(handling.refuseRecipient())
                    .orElseGet(() -> take(message, handling)))
        .orElseGet(() -> TelegramErrors.badRequest("can't parse the request's body"));
  }

  private Answer take(SendMessage message, Handling handling) {
    messageIds++;
    JsonObject chat;
    if (message.isNumberedChat()) {
      long id = Long.parseLong(message.chatId());
      chat =
          id > 0
              ? new JsonObject().put("id", id).put("first_name", "Alex").put("type", "private")
              : new JsonObject().put("id", id).put("title", "Group").put("type", "group");
    } else {
      chat =
          new JsonObject()
              .put("id", -1_000_000_000_000L - account.botId())
              .put("title", "Channel")
              .put("username", message.chatId().substring(1))
              .put("type", "channel");
    }
    String id = chat.getValue("id") + ":" + messageIds;
    state.received().add(message.chatId(), null, id, message.text(), handling.delivers());
    return ok(
        new JsonObject()
            .put("message_id", messageIds)
            .put("from", bot)
            .put("chat", chat)
            .put("date", state.epochSeconds())
            .put("text", message.text()));
  }

  private static Answer ok(JsonObject result) {
    return Answer.json(200, new JsonObject().put("ok", true).put("result", result));
  }

  @Override
  public Answer failure(Failure failure, ApiRequest request, int retryAfterSeconds) {
    return TelegramErrors.of(failure, retryAfterSeconds);
  }

  @Override
  public void close() {
    // Nothing waits here: the Bot API has no receipts.
  }
}
