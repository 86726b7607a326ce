package io.signalbox.gateway.compat.vonage;

import io.signalbox.gateway.compat.Asked;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.JsonFields;
import io.signalbox.gateway.compat.Mistakes;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.compat.Taken;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/messages}. */
final class MessagesCall implements DialectCall.Sending {
  private static final int MAX_BYTES = 64 << 10;
  private static final long SHORTEST_TTL = 20;
  private static final long LONGEST_TTL = 604_800;
  private static final Set<String> CHANNELS = Set.of("sms", "whatsapp");

  private static final Map<String, String> NAMES =
      Map.of(
          "/recipient_phone",
          VonageFields.TO,
          "/message",
          VonageFields.TEXT,
          "/ttl_seconds",
          VonageFields.TTL,
          DialectMemo.CALLBACK_POINTER,
          VonageFields.WEBHOOK);

  @Override
  public String path() {
    return "/v1/messages";
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  @Override
  public Asked read(DialectRequest request) {
    request.refuseQuery(VonageFields.API_KEY, VonageFields.API_SECRET);
    if (!(JsonFields.body(request.body()) instanceof JsonObject json)) {
      throw new RefusedException(new Refusal(400, "the body must be an object"));
    }
    Mistakes mistakes = new Mistakes();
    JsonFields body = new JsonFields(json, VonageFields.TO_MESSAGES, mistakes);
    oneOf(body, VonageFields.MESSAGE_TYPE, Set.of("text"), mistakes);
    String channel = oneOf(body, VonageFields.CHANNEL, CHANNELS, mistakes);
    JsonObject notification = VonageText.notification(body, channel);
    String from = body.required(VonageFields.FROM);
    Map<String, Object> reference = VonageText.reference(body, VonageFields.MESSAGES_REF);
    String version = VonageText.given(body.text(VonageFields.WEBHOOK_VERSION));
    if (version != null && !version.equals("v1")) {
      mistakes.add(VonageFields.WEBHOOK_VERSION, "must be v1");
    }
    JsonFields sms = body.object("sms");
    if (sms != null) {
      sms.text("encoding_type");
    }
    Long ttl = body.number(VonageFields.TTL);
    if (ttl != null && (ttl < SHORTEST_TTL || ttl > LONGEST_TTL)) {
      mistakes.add(VonageFields.TTL, "must be " + SHORTEST_TTL + " to " + LONGEST_TTL + " seconds");
    } else if (ttl != null) {
      notification.put("ttl_seconds", ttl);
    }
    String webhook = VonageText.given(body.text(VonageFields.WEBHOOK));
    mistakes.check();
    DialectMemo memo =
        new DialectMemo(VonageDialect.NAME, null, from, webhook, reference, List.of("messages"));
    return new Asked(List.of(new AskedNotification(notification, memo, NAMES)), true, null);
  }

  @Override
  public DialectAnswer answer(DialectRequest request, Asked asked, List<Taken> taken) {
    if (taken.get(0) instanceof Taken.Refused refused) {
      throw new RefusedException(refused.refusal());
    }
    String id = ((Taken.Accepted) taken.get(0)).id().toString();
    return DialectAnswer.json(202, new JsonObject().put("message_uuid", id));
  }

  private static String oneOf(JsonFields body, String name, Set<String> known, Mistakes mistakes) {
    String value = body.required(name);
    if (value != null && !known.contains(value)) {
      mistakes.add(
          name,
          "must be "
              + String.join(" or ", known.stream().sorted().toList())
              + ": no other can be carried");
    }
    return value == null ? "" : value;
  }
}
