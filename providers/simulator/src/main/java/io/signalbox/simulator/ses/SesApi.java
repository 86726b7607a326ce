package io.signalbox.simulator.ses;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Failure;
import io.signalbox.simulator.core.FaultSettings;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.MailHeaders;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RemoteApi;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * {@code POST /v2/email/outbound-emails} and {@code GET /v2/email/account} of SES; and what SNS
 * serves on hosts of its own: its certificate, and the confirmation of a subscription.
 */
public final class SesApi implements RemoteApi {
  private static final int MAX_BODY_BYTES = 56 * 1024 * 1024;
  private static final String REFERENCE = "signalbox_attempt";

  private final SesAccount account;
  private final PluginState state;
  private final SigV4Check signatures;
  private final SnsTopic topic;
  private final SesEvents events;

  /** The API of one account. */
  public SesApi(SesAccount account, PluginState state) {
    this.account = account;
    this.state = state;
    this.signatures = new SigV4Check(account);
    this.topic = new SnsTopic(account, state);
    this.events = new SesEvents(state, topic::publish);
  }

  @Override
  public String name() {
    return "ses";
  }

  @Override
  public JsonObject account() {
    return account.toJson();
  }

  @Override
  public int maxBodyBytes() {
    return MAX_BODY_BYTES;
  }

  /** SNS runs on, whatever is wrong with SES. */
  @Override
  public boolean hasFaults(String path) {
    return !topic.serves(path);
  }

  @Override
  public void changed(FaultSettings settings) {
    topic.subscribe(settings.webhookUrl());
  }

  @Override
  public Answer answer(ApiRequest request, Handling handling) {
    if (topic.serves(request.path())) {
      return topic.answer(request.path(), request.query());
    }
    String call = request.method() + " " + request.path();
    boolean send = call.equals(HttpMethod.POST + " /v2/email/outbound-emails");
    if (!send && !call.equals(HttpMethod.GET + " /v2/email/account")) {
      return SesErrors.of(404, "UnknownOperationException", "No such operation.");
    }
    Optional<Answer> refusal = signatures.refusal(request, state.clock().instant());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return send ? send(request, handling) : describe();
  }

  private Answer send(ApiRequest request, Handling handling) {
    Optional<JsonObject> body = Fields.object(request.body());
    return body.isEmpty()
        ? SesErrors.badRequest("The body is no JSON object.")
        : SendEmailCheck.of(body.get(), handling.refuseRecipient())
            .orElseGet(() -> take(body.get(), handling));
  }

  private Answer take(JsonObject body, Handling handling) {
    String id = "0100" + state.ids().hex(12) + "-" + state.ids().uuid() + "-000000";
    SesMail mail = new SesMail(id, SnsTopic.time(state.clock().instant()), account.number(), body);
    for (String recipient : mail.recipients()) {
      state
          .received()
          .add(
              recipient,
              mail.tag(REFERENCE),
              id,
              mail.content(),
              handling.delivers(),
              new MailHeaders(
                  String.valueOf(body.getString("FromEmailAddress")),
                  Fields.array(body, "ReplyToAddresses").stream().map(String::valueOf).toList()));
    }
    if (handling.receipts()) {
      events.schedule(mail);
    }
    return Answer.json(200, new JsonObject().put("MessageId", id));
  }

  private static Answer describe() {
    return Answer.json(
        200,
        new JsonObject()
            .put("EnforcementStatus", "HEALTHY")
            .put("ProductionAccessEnabled", true)
            .put("SendingEnabled", true));
  }

  @Override
  public Answer failure(Failure failure, ApiRequest request, int retryAfterSeconds) {
    return SesErrors.of(failure);
  }

  @Override
  public void close() {
    events.close();
  }
}
