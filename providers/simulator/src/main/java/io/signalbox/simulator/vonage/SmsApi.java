package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RecentMessages;
import io.signalbox.simulator.core.SmsParts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /sms/json}. */
final class SmsApi {
  private static final String BALANCE = "3.14159265";
  private static final int MESSAGE_ID_LENGTH = 16;

  private final PluginState state;
  private final VonageCredentials credentials;
  private final RecentMessages<SentMessage> recent;
  private final DeliveryReceipts receipts;

  SmsApi(
      PluginState state,
      VonageCredentials credentials,
      RecentMessages<SentMessage> recent,
      DeliveryReceipts receipts) {
    this.state = state;
    this.credentials = credentials;
    this.recent = recent;
    this.receipts = receipts;
  }

  Answer answer(ApiRequest request, Handling handling) {
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
    JsonArray messages = new JsonArray();
    for (int i = 0; i < count; i++) {
      SentMessage part = part(form);
      messages.add(entry(part));
      recent.put(part.id(), part);
      if (i == 0) {
        state.received().add(part.to(), part.reference(), part.id(), text, handling.delivers());
      }
      if (handling.delivers()) {
        receipts.schedule(part, handling.receipts() ? urlOf(form) : null);
      }
    }
    return Answer.json(
        200,
        new JsonObject().put("message-count", Integer.toString(count)).put("messages", messages));
  }

  private SentMessage part(SmsForm form) {
    return new SentMessage(
        SentMessage.Product.SMS,
        state.ids().hex(MESSAGE_ID_LENGTH).toUpperCase(Locale.ROOT),
        "sms",
        form.value("to"),
        form.value("from"),
        form.filled("client-ref"),
        state.clock().instant());
  }

  private @Nullable String urlOf(SmsForm form) {
    if (form.value("status-report-req").equals("false")) {
      return null;
    }
    String own = form.filled("callback");
    return own != null ? own : state.settings().webhookUrl();
  }

  private static JsonObject entry(SentMessage part) {
    JsonObject entry =
        new JsonObject()
            .put("to", part.to())
            .put("message-id", part.id())
            .put("status", "0")
            .put("remaining-balance", BALANCE)
            .put("message-price", VonageApi.PRICE)
            .put("network", VonageApi.NETWORK);
    return part.reference() == null ? entry : entry.put("client-ref", part.reference());
  }

  void close() {
    receipts.close();
  }
}
