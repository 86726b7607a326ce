package io.signalbox.simulator.sendgrid;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Failure;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.MailAddress;
import io.signalbox.simulator.core.MailHeaders;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RemoteApi;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /v3/mail/send}. */
public final class SendGridApi implements RemoteApi {
  private static final int MAX_BODY_BYTES = 30 * 1024 * 1024;
  private static final int MESSAGE_ID_LENGTH = 22;
  private static final long DELIVERY_MILLIS = 60;
  private static final String REFERENCE = "signalbox_attempt";

  private final SendGridAccount account;
  private final PluginState state;
  private final SendGridEvents events;

  /** The API of one account. */
  public SendGridApi(SendGridAccount account, PluginState state) {
    this.account = account;
    this.state = state;
    this.events = new SendGridEvents(state, new SendGridSignature(account.webhookPrivateKey()));
  }

  @Override
  public String name() {
    return "sendgrid";
  }

  @Override
  public JsonObject account() {
    return account.toJson();
  }

  @Override
  public int maxBodyBytes() {
    return MAX_BODY_BYTES;
  }

  @Override
  public boolean acceptsGzip() {
    return true;
  }

  @Override
  public Answer answer(ApiRequest request, Handling handling) {
    if (!request.path().equals("/v3/mail/send")) {
      return SendGridErrors.of(404, "Not Found");
    }
    if (!request.method().equals(HttpMethod.POST)) {
      return SendGridErrors.of(405, "Method Not Allowed");
    }
    if (!account.apiKey().equals(request.bearerToken())) {
      return SendGridErrors.unauthorized();
    }
    if (!request.hasContentType("application/json")) {
      return SendGridErrors.of(415, "Content-Type should be application/json.");
    }
    Optional<JsonObject> body = Fields.object(request.body());
    if (body.isEmpty()) {
      return SendGridErrors.of(400, "Bad Request");
    }
    List<JsonObject> errors =
        MailSendCheck.of(body.get(), handling.refuseRecipient(), state.epochSeconds());
    return errors.isEmpty() ? take(body.get(), handling) : SendGridErrors.of(400, errors);
  }

  private Answer take(JsonObject body, Handling handling) {
    String id = state.ids().urlSafe(MESSAGE_ID_LENGTH);
    if (isSandboxed(body)) {
      return Answer.empty(200);
    }
    JsonArray personalizations = Fields.array(body, "personalizations");
    int recipient = 0;
    for (int i = 0; i < personalizations.size(); i++) {
      JsonObject one = personalizations.getJsonObject(i);
      JsonObject customArgs =
          Fields.object(body, "custom_args").copy().mergeIn(Fields.object(one, "custom_args"));
      for (String kind : List.of("to", "cc", "bcc")) {
        for (Object address : Fields.array(one, kind)) {
          String email = ((JsonObject) address).getString("email");
          state
              .received()
              .add(
                  email,
                  Fields.text(customArgs, REFERENCE),
                  id,
                  textOf(body, one),
                  handling.delivers(),
                  headers(body));
          if (handling.receipts()) {
            announce(email, id, recipient, body.getValue("categories"), customArgs);
          }
          recipient++;
        }
      }
    }
    return Answer.empty(202).with("X-Message-Id", id);
  }

  private void announce(
      String email, String id, int recipient, @Nullable Object category, JsonObject customArgs) {
    SendGridEvent processed =
        new SendGridEvent(SendGridEvent.Kind.PROCESSED, email, id, recipient, category, customArgs);
    events.schedule(processed, 0);
    switch (MailAddress.fateOf(email)) {
      case BOUNCED -> events.schedule(next(processed, SendGridEvent.Kind.BOUNCED), DELIVERY_MILLIS);
      case COMPLAINED -> {
        events.schedule(next(processed, SendGridEvent.Kind.DELIVERED), DELIVERY_MILLIS);
        events.schedule(next(processed, SendGridEvent.Kind.COMPLAINED), 2 * DELIVERY_MILLIS);
      }
      case DELIVERED, REFUSED ->
          events.schedule(next(processed, SendGridEvent.Kind.DELIVERED), DELIVERY_MILLIS);
    }
  }

  private static SendGridEvent next(SendGridEvent event, SendGridEvent.Kind kind) {
    return new SendGridEvent(
        kind,
        event.email(),
        event.messageId(),
        event.number(),
        event.category(),
        event.customArgs());
  }

  private static MailHeaders headers(JsonObject body) {
    JsonArray replyTo =
        body.containsKey("reply_to")
            ? new JsonArray().add(Fields.object(body, "reply_to"))
            : Fields.array(body, "reply_to_list");
    return new MailHeaders(
        header(Fields.object(body, "from")),
        replyTo.stream().map(each -> header((JsonObject) each)).toList());
  }

  private static String header(JsonObject person) {
    String name = Fields.filled(person, "name");
    String address = person.getString("email");
    return name == null ? address : name + " <" + address + ">";
  }

  private static boolean isSandboxed(JsonObject body) {
    JsonObject mode = Fields.object(Fields.object(body, "mail_settings"), "sandbox_mode");
    return Boolean.TRUE.equals(mode.getValue("enable"));
  }

  private static String textOf(JsonObject body, JsonObject personalization) {
    String own = Fields.text(personalization, "subject");
    String subject = own != null ? own : Fields.text(body, "subject");
    JsonArray content = Fields.array(body, "content");
    String text =
        content.isEmpty() ? "" : String.valueOf(content.getJsonObject(0).getValue("value"));
    return (subject == null ? "" : subject) + "\n" + text;
  }

  @Override
  public Answer failure(Failure failure, ApiRequest request, int retryAfterSeconds) {
    return SendGridErrors.of(failure, state.epochSeconds(), retryAfterSeconds);
  }

  @Override
  public void close() {
    events.close();
  }
}
