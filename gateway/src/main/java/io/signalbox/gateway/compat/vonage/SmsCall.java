package io.signalbox.gateway.compat.vonage;

import io.signalbox.gateway.compat.Asked;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectIds;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.FormFields;
import io.signalbox.gateway.compat.JsonFields;
import io.signalbox.gateway.compat.Mistakes;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.compat.Taken;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /sms/json}. One message is answered for one text, however many parts it needs: that
 * is known only when a provider has sent it.
 */
final class SmsCall implements DialectCall.Sending {
  private static final int MAX_BYTES = 64 << 10;
  private static final long SHORTEST_TTL = 20_000;
  private static final long LONGEST_TTL = 604_800_000;
  private static final Set<String> TYPES = Set.of("text", "unicode");
  private static final Set<String> FALSE = Set.of("false", "0");
  private static final Set<String> TRUE = Set.of("true", "1");

  private static final Map<String, String> NAMES =
      Map.of(
          "/recipient_phone",
          VonageFields.TO,
          "/message",
          VonageFields.TEXT,
          "/ttl_seconds",
          VonageFields.TTL,
          DialectMemo.CALLBACK_POINTER,
          VonageFields.CALLBACK);

  @Override
  public String path() {
    return "/sms/json";
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  @Override
  public boolean hasCredentialInBody() {
    return true;
  }

  @Override
  public Asked read(DialectRequest request) {
    Mistakes mistakes = new Mistakes();
    JsonObject parameters = FormFields.merged(request.query(), VonageBody.read(request), mistakes);
    JsonFields sms = new JsonFields(parameters, VonageFields.TO_SMS, mistakes);
    JsonObject notification = VonageText.notification(sms, "sms");
    String from = sms.required(VonageFields.FROM);
    Map<String, Object> reference = VonageText.reference(sms, VonageFields.CLIENT_REF);
    String type = VonageText.given(sms.text(VonageFields.TYPE));
    if (type != null && !TYPES.contains(type)) {
      mistakes.add(VonageFields.TYPE, "must be text or unicode: no other can be carried");
    }
    ttl(sms, notification, mistakes);
    boolean reports = reports(sms, mistakes);
    String callback = VonageText.given(sms.text(VonageFields.CALLBACK));
    mistakes.check();
    DialectMemo memo =
        new DialectMemo(
            VonageDialect.NAME, null, from, reports ? callback : null, reference, List.of("sms"));
    return new Asked(List.of(new AskedNotification(notification, memo, NAMES)), true, null);
  }

  @Override
  public DialectAnswer answer(DialectRequest request, Asked asked, List<Taken> taken) {
    if (taken.get(0) instanceof Taken.Refused refused) {
      throw new RefusedException(refused.refusal());
    }
    AskedNotification first = asked.notifications().get(0);
    JsonObject message =
        new JsonObject()
            .put("to", first.notification().getString("recipient_phone").substring(1))
            .put("message-id", DialectIds.hex(((Taken.Accepted) taken.get(0)).id()))
            .put("status", "0");
    Object reference = first.memo().custom().get(VonageFields.CLIENT_REF);
    return SmsErrors.one(
        reference == null ? message : message.put(VonageFields.CLIENT_REF, reference));
  }

  @Override
  public Optional<DialectAnswer> refuse(Refusal refusal) {
    return Optional.of(SmsErrors.answer(refusal));
  }

  private static void ttl(JsonFields sms, JsonObject notification, Mistakes mistakes) {
    String text = VonageText.given(sms.text(VonageFields.TTL));
    if (text == null) {
      return;
    }
    long millis = text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    if (millis < SHORTEST_TTL || millis > LONGEST_TTL) {
      mistakes.add(
          VonageFields.TTL, "must be " + SHORTEST_TTL + " to " + LONGEST_TTL + " milliseconds");
    } else {
      notification.put("ttl_seconds", millis / 1_000);
    }
  }

  private static boolean reports(JsonFields sms, Mistakes mistakes) {
    @Nullable String text = VonageText.given(sms.text(VonageFields.REPORT));
    if (text != null && !TRUE.contains(text) && !FALSE.contains(text)) {
      mistakes.add(VonageFields.REPORT, "must be true or false");
    }
    return text == null || !FALSE.contains(text);
  }
}
