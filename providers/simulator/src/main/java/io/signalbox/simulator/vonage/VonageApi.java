package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Failure;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RemoteApi;
import io.signalbox.simulator.core.SmsParts;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /sms/json}. */
public final class VonageApi implements RemoteApi {
  static final String NETWORK = "23410";
  static final String PRICE = "0.03330000";
  private static final String BALANCE = "3.14159265";
  private static final int MAX_BODY_BYTES = 1024 * 1024;
  private static final int MESSAGE_ID_LENGTH = 16;

  private final VonageAccount account;
  private final PluginState state;
  private final VonageCredentials credentials;
  private final DeliveryReceipts receipts;

  /** The API of one account. */
  public VonageApi(VonageAccount account, PluginState state) {
    this.account = account;
    this.state = state;
    VonageSignature signature = new VonageSignature(account.signatureSecret());
    this.credentials = new VonageCredentials(account, signature);
    this.receipts = new DeliveryReceipts(account, state, signature);
  }

  @Override
  public String name() {
    return "vonage";
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
    if (!request.path().equals("/sms/json")) {
      return Answer.empty(404);
    }
    if (!request.method().equals(HttpMethod.POST)) {
      return Answer.empty(405);
    }
    Optional<SmsForm> form = SmsForm.read(request);
    if (form.isEmpty()) {
      return SmsStatus.INVALID_MESSAGE.answer();
    }
    return credentials
        .refusal(request, form.get())
        .or(() -> form.get().refusal(handling.refuseRecipient()))
        .map(SmsStatus::answer)
        .orElseGet(() -> take(form.get(), handling));
  }

  private Answer take(SmsForm form, Handling handling) {
    String text = form.value("text");
    int count = SmsParts.count(text);
    String reference = form.filled("client-ref");
    JsonArray messages = new JsonArray();
    for (int i = 0; i < count; i++) {
      String id = state.ids().hex(MESSAGE_ID_LENGTH).toUpperCase(Locale.ROOT);
      messages.add(entry(form.value("to"), id, reference));
      if (i == 0) {
        state.received().add(form.value("to"), reference, id, text);
      }
      if (handling.receipts()) {
        schedule(form, id, reference);
      }
    }
    return Answer.json(
        200,
        new JsonObject().put("message-count", Integer.toString(count)).put("messages", messages));
  }

  private void schedule(SmsForm form, String id, @Nullable String reference) {
    String own = form.filled("callback");
    String url = own != null ? own : state.settings().webhookUrl();
    if (url != null && !form.value("status-report-req").equals("false")) {
      receipts.schedule(
          new DeliveryReceipts.Part(id, form.value("to"), form.value("from"), reference, url));
    }
  }

  private static JsonObject entry(String to, String id, @Nullable String reference) {
    JsonObject entry =
        new JsonObject()
            .put("to", to)
            .put("message-id", id)
            .put("status", "0")
            .put("remaining-balance", BALANCE)
            .put("message-price", PRICE)
            .put("network", NETWORK);
    return reference == null ? entry : entry.put("client-ref", reference);
  }

  @Override
  public Answer failure(Failure failure, ApiRequest request, int retryAfterSeconds) {
    return switch (failure) {
      case ERROR -> SmsStatus.INTERNAL_ERROR.answer();
      case THROTTLE -> SmsStatus.throttled(retryAfterSeconds).answer();
      case UNAVAILABLE -> Answer.empty(503);
      case TOO_LARGE -> Answer.empty(413);
    };
  }

  @Override
  public void close() {
    receipts.close();
  }
}
