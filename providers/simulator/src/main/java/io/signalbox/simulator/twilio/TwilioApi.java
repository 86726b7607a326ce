package io.signalbox.simulator.twilio;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Failure;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RecentMessages;
import io.signalbox.simulator.core.RemoteApi;
import io.signalbox.simulator.core.WebUrl;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creating a message and reading it back. */
public final class TwilioApi implements RemoteApi {
  private static final int MAX_BODY_BYTES = 1024 * 1024;
  private static final int RECENT = 20_000;
  private static final String ACCOUNTS = "/2010-04-01/Accounts/";
  private static final String REFERENCE = "attempt";

  private final TwilioAccount account;
  private final PluginState state;
  private final StatusCallbacks callbacks;
  private final String basicCredentials;
  private final String createPath;
  private final String messagePath;
  private final RecentMessages<TwilioMessage> recent = new RecentMessages<>(RECENT);

  /** The API of one account. */
  public TwilioApi(TwilioAccount account, PluginState state) {
    this.account = account;
    this.state = state;
    this.callbacks = new StatusCallbacks(state, new TwilioSignature(account.authToken()));
    String userAndPassword = account.accountSid() + ":" + account.authToken();
    this.basicCredentials =
        Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    this.createPath = ACCOUNTS + account.accountSid() + "/Messages.json";
    this.messagePath = ACCOUNTS + account.accountSid() + "/Messages/";
  }

  @Override
  public String name() {
    return "twilio";
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
    if (!basicCredentials.equals(request.authorization("Basic "))) {
      return TwilioErrors.of(401, 20003, "Authenticate");
    }
    String path = request.path();
    if (path.equals(createPath) && request.method().equals(HttpMethod.POST)) {
      return create(request, handling);
    }
    if (path.startsWith(messagePath)
        && path.endsWith(".json")
        && request.method().equals(HttpMethod.GET)) {
      String sid = path.substring(messagePath.length(), path.length() - ".json".length());
      return recent
          .find(sid)
          .map(message -> Answer.json(200, message.toJson()))
          .orElseGet(() -> TwilioErrors.notFound(path));
    }
    return TwilioErrors.notFound(path);
  }

  private Answer create(ApiRequest request, Handling handling) {
    Optional<Map<String, List<String>>> parameters =
        request.hasContentType("application/x-www-form-urlencoded")
            ? Fields.form(request.body().toString(StandardCharsets.UTF_8))
            : Optional.of(Map.of());
    if (parameters.isEmpty()) {
      return TwilioErrors.of(400, 20001, "The form cannot be read.");
    }
    MessageForm form = new MessageForm(parameters.get());
    return form.refusal(account.from(), handling.refuseRecipient())
        .orElseGet(() -> take(form, handling));
  }

  private Answer take(MessageForm form, Handling handling) {
    String kind = form.filled("MediaUrl") == null ? "SM" : "MM";
    TwilioMessage message =
        new TwilioMessage(
            kind + state.ids().hex(32), account.accountSid(), form, state.clock().instant());
    recent.put(message.sid(), message);
    String callback = form.filled("StatusCallback");
    state
        .received()
        .add(
            message.to(),
            referenceOf(callback),
            message.sid(),
            message.body(),
            handling.delivers());
    // Rendered first: the answer shows the status before any callback.
    Answer answer = Answer.json(201, message.toJson());
    if (handling.delivers()) {
      callbacks.schedule(message, handling.receipts() ? callback : null);
    }
    return answer;
  }

  private static @Nullable String referenceOf(@Nullable String callback) {
    return callback == null
        ? null
        : WebUrl.parse(callback)
            .flatMap(url -> Fields.form(url.getRawQuery()))
            .map(query -> Fields.first(query, REFERENCE))
            .orElse(null);
  }

  @Override
  public Answer failure(Failure failure, ApiRequest request, int retryAfterSeconds) {
    return TwilioErrors.of(failure, retryAfterSeconds);
  }

  @Override
  public void close() {
    callbacks.close();
  }
}
