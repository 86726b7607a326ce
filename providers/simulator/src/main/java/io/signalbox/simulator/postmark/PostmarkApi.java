package io.signalbox.simulator.postmark;

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
import java.time.Instant;
import java.util.Optional;

/** {@code POST /email}, the look-ups of messages and bounces, and {@code GET /server}. */
public final class PostmarkApi implements RemoteApi {
  private static final int MAX_BODY_BYTES = 10 * 1024 * 1024;
  private static final int RECENT = 20_000;
  private static final String TOKEN = "X-Postmark-Server-Token";

  /** Lets an e-mail be checked and not sent. */
  private static final String TEST_TOKEN = "POSTMARK_API_TEST";

  private static final String REFERENCE = "signalbox_attempt";
  private static final String MESSAGES = "/messages/outbound";
  private static final String DETAILS = "/details";
  private static final String BOUNCES = "/bounces/";

  private final PostmarkAccount account;
  private final PluginState state;
  private final PostmarkEvents events;
  private final RecentMessages<PostmarkEmail> recent = new RecentMessages<>(RECENT);

  /** The API of one server. */
  public PostmarkApi(PostmarkAccount account, PluginState state) {
    this.account = account;
    this.state = state;
    this.events = new PostmarkEvents(state, account.webhookCredentials());
  }

  @Override
  public String name() {
    return "postmark";
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
    String token = request.header(TOKEN);
    boolean test = TEST_TOKEN.equals(token);
    // The documents say that case does not matter in the token.
    if (token == null || !(test || token.equalsIgnoreCase(account.serverToken()))) {
      return PostmarkErrors.badToken();
    }
    String path = request.path();
    if (path.equals("/email") || path.equals("/email/")) {
      return request.method().equals(HttpMethod.POST)
          ? post(request, handling, test)
          : wrongMethod();
    }
    return request.method().equals(HttpMethod.GET) ? read(path, request) : notFound();
  }

  private Answer read(String path, ApiRequest request) {
    if (path.equals("/server")) {
      return Answer.json(200, new JsonObject().put("ID", 23).put("Name", "Simulator"));
    }
    if (path.equals(MESSAGES)) {
      return MessageSearch.page(recent.newestFirst(), request.query());
    }
    if (path.startsWith(MESSAGES + "/") && path.endsWith(DETAILS)) {
      int end = Math.max(MESSAGES.length() + 1, path.length() - DETAILS.length());
      return recent
          .find(path.substring(MESSAGES.length() + 1, end))
          .map(email -> Answer.json(200, email.toDetails()))
          .orElseGet(() -> PostmarkErrors.refused(701, "This message was not found."));
    }
    if (path.startsWith(BOUNCES)) {
      return events
          .bounce(path.substring(BOUNCES.length()))
          .map(bounce -> Answer.json(200, bounce))
          .orElseGet(() -> PostmarkErrors.refused(1001, "This bounce was not found."));
    }
    return notFound();
  }

  private Answer post(ApiRequest request, Handling handling, boolean test) {
    if (!request.hasContentType("application/json")) {
      return PostmarkErrors.refused(409, "The Content-Type must be application/json.");
    }
    Optional<JsonObject> email = Fields.object(request.body());
    if (email.isEmpty()) {
      return PostmarkErrors.refused(402, "The body is not valid JSON.");
    }
    return EmailCheck.of(email.get(), handling.refuseRecipient())
        .orElseGet(() -> take(email.get(), handling, test));
  }

  private Answer take(JsonObject body, Handling handling, boolean test) {
    Instant now = state.clock().instant();
    PostmarkEmail email = new PostmarkEmail(state.ids().uuid(), now, body);
    if (!test) {
      recent.put(email.id(), email);
      for (String recipient : email.recipients()) {
        state
            .received()
            .add(
                recipient,
                email.metadata(REFERENCE),
                email.id(),
                email.text(),
                handling.delivers(),
                MailHeaders.of(email.from(), Fields.text(body, "ReplyTo")));
      }
      if (handling.delivers()) {
        events.schedule(email, handling.receipts());
      }
    }
    return Answer.json(
        200,
        new JsonObject()
            .put("To", Fields.text(body, "To"))
            .put("SubmittedAt", PostmarkTime.of(now))
            .put("MessageID", email.id())
            .put("ErrorCode", 0)
            .put("Message", test ? "Test job accepted" : "OK"));
  }

  private static Answer notFound() {
    return Answer.empty(404);
  }

  private static Answer wrongMethod() {
    return Answer.empty(405);
  }

  @Override
  public Answer failure(Failure failure, ApiRequest request, int retryAfterSeconds) {
    return PostmarkErrors.of(failure);
  }

  @Override
  public void close() {
    events.close();
  }
}
