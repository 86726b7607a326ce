package io.signalbox.gateway.compat.hooks;

import io.signalbox.gateway.compat.DialectIds;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Delivery receipts of Vonage's SMS API, as JSON, signed by {@code sig} if a method is set. */
final class VonageSmsHook implements Hook {
  @Override
  public Optional<HookRequest> request(HookNews news, HookTarget target) {
    Receipt receipt = receipt(news);
    if (receipt == null) {
      return Optional.empty();
    }
    Map<String, String> fields = fields(news, receipt);
    SigMethod method = SigMethod.find(target.signatureMethod()).orElse(null);
    if (method != null) {
      fields.put("timestamp", Long.toString(target.seconds()));
      fields.put("nonce", news.eventId());
      fields.put("sig", method.sign(fields, target.secret()));
    }
    JsonObject json = new JsonObject();
    fields.forEach(json::put);
    return Optional.of(HookRequest.json(json));
  }

  private static Map<String, String> fields(HookNews news, Receipt receipt) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("msisdn", VonageMemo.number(news.recipient()));
    fields.put("messageId", DialectIds.hex(news.message()));
    fields.put("status", receipt.status());
    fields.put("err-code", receipt.code());
    fields.put("scts", HookTimes.minute(news.at()));
    fields.put("message-timestamp", HookTimes.spaced(news.at()));
    putIfKnown(fields, "to", news.memo().sender());
    putIfKnown(fields, "api-key", news.accountOf("vonage"));
    putIfKnown(fields, "client-ref", VonageMemo.reference(news));
    return fields;
  }

  private static void putIfKnown(Map<String, String> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private static @Nullable Receipt receipt(HookNews news) {
    return switch (news.kind()) {
      case SENT -> new Receipt("accepted", "0");
      case DEFERRED -> new Receipt("buffered", "0");
      case DELIVERED -> new Receipt("delivered", "0");
      case EXPIRED -> new Receipt("expired", "2");
      case FAILED ->
          switch (news.fault()) {
            case ADDRESS -> new Receipt("failed", "12");
            case MAILBOX -> new Receipt("failed", "2");
            case EXPIRED -> new Receipt("expired", "2");
            case BLOCKED -> new Receipt("rejected", "6");
            case CONTENT -> new Receipt("rejected", "10");
            case SUPPRESSED, UNSUBSCRIBED, COMPLAINED -> new Receipt("rejected", "9");
            case OTHER -> new Receipt("failed", "99");
          };
      case CANCELLED, READ, OPENED, CLICKED, COMPLAINED, UNSUBSCRIBED -> null;
    };
  }

  /**
   * What a receipt says.
   *
   * @param code the error code; 0 for none
   */
  private record Receipt(String status, String code) {}
}
