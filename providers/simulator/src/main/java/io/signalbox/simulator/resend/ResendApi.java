package io.signalbox.simulator.resend;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Failure;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.MailHeaders;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RecentMessages;
import io.signalbox.simulator.core.RemoteApi;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /emails}, {@code GET /emails} and {@code GET /emails/{id}}. */
public final class ResendApi implements RemoteApi {
  private static final int MAX_BODY_BYTES = 40 * 1024 * 1024;
  private static final int RECENT = 20_000;
  private static final String EMAILS = "/emails";
  private static final String REFERENCE = "signalbox_attempt";

  private final ResendAccount account;
  private final PluginState state;
  private final ResendEvents events;
  private final IdempotentAnswers idempotency;
  private final RecentMessages<ResendEmail> recent = new RecentMessages<>(RECENT);

  /** The API of one account. */
  public ResendApi(ResendAccount account, PluginState state) {
    this.account = account;
    this.state = state;
    this.events = new ResendEvents(state, new ResendSignature(account.webhookSecret()));
    this.idempotency = new IdempotentAnswers(state);
  }

  @Override
  public String name() {
    return "resend";
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
    String path = request.path();
    if (!path.equals(EMAILS) && !path.startsWith(EMAILS + "/")) {
      return ResendErrors.of(404, "not_found", "The requested endpoint does not exist.");
    }
    Optional<Answer> stranger = refuseStranger(request);
    if (stranger.isPresent()) {
      return stranger.get();
    }
    if (path.equals(EMAILS)) {
      if (request.method().equals(HttpMethod.GET)) {
        return EmailList.page(recent.newestFirst(), request.query());
      }
      return request.method().equals(HttpMethod.POST) ? post(request, handling) : wrongMethod();
    }
    return request.method().equals(HttpMethod.GET)
        ? find(path.substring(EMAILS.length() + 1))
        : wrongMethod();
  }

  private Optional<Answer> refuseStranger(ApiRequest request) {
    String token = request.bearerToken();
    if (token == null) {
      return Optional.of(ResendErrors.of(401, "missing_api_key", "Missing API Key"));
    }
    if (!account.apiKey().equals(token)) {
      return Optional.of(ResendErrors.of(403, "invalid_api_key", "API key is invalid"));
    }
    return request.header("user-agent") == null
        ? Optional.of(
            ResendErrors.of(403, "validation_error", "The `User-Agent` header is required."))
        : Optional.empty();
  }

  private Answer post(ApiRequest request, Handling handling) {
    String key = request.header("idempotency-key");
    if (key != null) {
      Optional<Answer> known = idempotency.find(key, request.body());
      if (known.isPresent()) {
        return known.get();
      }
    }
    Optional<JsonObject> body = Fields.object(request.body());
    if (body.isEmpty()) {
      return ResendErrors.of(400, "validation_error", "The request body must be valid JSON.");
    }
    Optional<Answer> refusal = EmailCheck.of(body.get(), handling.refuseRecipient());
    return refusal.orElseGet(() -> take(body.get(), request, key, handling));
  }

  private Answer take(
      JsonObject body, ApiRequest request, @Nullable String key, Handling handling) {
    ResendEmail email =
        new ResendEmail(state.ids().uuid(), state.clock().instant().toString(), body);
    recent.put(email.id(), email);
    for (String recipient : email.to()) {
      state
          .received()
          .add(
              recipient,
              email.tag(REFERENCE),
              email.id(),
              textOf(email, body),
              handling.delivers(),
              new MailHeaders(body.getString("from"), EmailCheck.addresses(body, "reply_to")));
    }
    if (handling.delivers()) {
      events.schedule(email, handling.receipts());
    }
    Answer answer = Answer.json(200, new JsonObject().put("id", email.id()));
    if (key != null) {
      idempotency.keep(key, request.body(), answer, handling.latencyMillis());
    }
    return answer;
  }

  private static String textOf(ResendEmail email, JsonObject body) {
    String text = Fields.text(body, "text");
    String content = text != null ? text : Fields.text(body, "html");
    String subject = email.subject();
    return (subject == null ? "" : subject) + "\n" + (content == null ? "" : content);
  }

  private Answer find(String id) {
    return recent
        .find(id)
        .map(email -> Answer.json(200, email.toJson()))
        .orElseGet(() -> ResendErrors.of(404, "not_found", "Email not found"));
  }

  private static Answer wrongMethod() {
    return ResendErrors.of(405, "method_not_allowed", "This endpoint does not support the method.");
  }

  @Override
  public Answer failure(Failure failure, ApiRequest request, int retryAfterSeconds) {
    return ResendErrors.of(failure, retryAfterSeconds);
  }

  @Override
  public void close() {
    events.close();
  }
}
