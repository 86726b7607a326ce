package io.signalbox.gateway.compat.twilio;

import io.signalbox.gateway.compat.Asked;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.FormFields;
import io.signalbox.gateway.compat.JsonFields;
import io.signalbox.gateway.compat.Mistakes;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.compat.Taken;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST Messages.json}. */
final class TwilioCreate implements DialectCall.Sending {
  static final String PATH = "/2010-04-01/Accounts/:account/Messages.json";

  private static final int MAX_BYTES = 64 << 10;
  private static final int MOST_CHARACTERS = 1_600;
  private static final int LONGEST_VALIDITY = 36_000;

  /** The notification's fields in Twilio's words. */
  private static final Map<String, String> NAMES =
      Map.of(
          "/recipient_phone",
          TwilioFields.TO,
          "/message",
          TwilioFields.BODY,
          "/ttl_seconds",
          TwilioFields.VALIDITY,
          "/expires_at",
          TwilioFields.VALIDITY,
          "/send_at",
          TwilioFields.SEND_AT,
          DialectMemo.CALLBACK_POINTER,
          TwilioFields.CALLBACK);

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  @Override
  public Asked read(DialectRequest request) {
    request.refuseQuery();
    Mistakes mistakes = new Mistakes();
    JsonFields form =
        new JsonFields(FormFields.of(request).json(), TwilioFields.TO_CREATE, mistakes);
    String to = form.required(TwilioFields.TO);
    String text = form.required(TwilioFields.BODY);
    String service = given(form.text(TwilioFields.SERVICE));
    String from = service == null ? form.required(TwilioFields.FROM) : sender(form);
    JsonObject notification = new JsonObject().put("notification_type", TwilioDialect.NAME);
    if (to != null) {
      TwilioAddress address = TwilioAddress.of(to);
      notification
          .put("channel", address.channel().wireName())
          .put("recipient_phone", address.number());
      if (from != null && !isOf(address.channel(), from)) {
        mistakes.add(TwilioFields.FROM, TwilioErrors.OTHER_CHANNEL);
      }
    }
    if (text != null && text.codePointCount(0, text.length()) > MOST_CHARACTERS) {
      mistakes.add(TwilioFields.BODY, "must have at most " + MOST_CHARACTERS + " characters");
    }
    times(form, notification, mistakes);
    mistakes.check();
    DialectMemo memo =
        new DialectMemo(
            TwilioDialect.NAME,
            TwilioMessage.account(request),
            from,
            given(form.text(TwilioFields.CALLBACK)),
            service == null ? Map.of() : Map.of(TwilioFields.SERVICE, service),
            List.of());
    return new Asked(
        List.of(new AskedNotification(notification.put("message", text), memo, NAMES)), true, null);
  }

  @Override
  public DialectAnswer answer(DialectRequest request, Asked asked, List<Taken> taken) {
    if (taken.get(0) instanceof Taken.Refused refused) {
      throw new RefusedException(refused.refusal());
    }
    AskedNotification first = asked.notifications().get(0);
    return DialectAnswer.json(
        201,
        TwilioMessage.accepted(
            TwilioMessage.account(request),
            ((Taken.Accepted) taken.get(0)).id(),
            first.notification(),
            first.memo()));
  }

  private static @Nullable String sender(JsonFields form) {
    return given(form.text(TwilioFields.FROM));
  }

  /** An empty parameter is none. */
  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** A Messaging Service may stand as the sender, of any channel. */
  private static boolean isOf(Channel channel, String sender) {
    return sender.startsWith("MG") || TwilioAddress.of(sender).channel() == channel;
  }

  private static void times(JsonFields form, JsonObject notification, Mistakes mistakes) {
    String type = given(form.text(TwilioFields.SCHEDULE));
    String at = given(form.text(TwilioFields.SEND_AT));
    Instant sendAt = null;
    if (type != null && !type.equals("fixed")) {
      mistakes.add(TwilioFields.SCHEDULE, "must be fixed");
    } else if (type == null && at != null) {
      mistakes.add(TwilioFields.SCHEDULE, "must be fixed where SendAt is given");
    } else if (type != null && at == null) {
      mistakes.missing(TwilioFields.SEND_AT);
    } else if (at != null) {
      sendAt = time(at, mistakes);
    }
    if (sendAt != null) {
      notification.put("send_at", sendAt.toString());
    }
    String validity = given(form.text(TwilioFields.VALIDITY));
    if (validity != null
        && (!validity.matches("[1-9][0-9]{0,4}")
            || Integer.parseInt(validity) > LONGEST_VALIDITY)) {
      mistakes.add(
          TwilioFields.VALIDITY, "must be a whole number of seconds from 1 to " + LONGEST_VALIDITY);
    } else if (validity != null && sendAt != null) {
      notification.put("expires_at", sendAt.plusSeconds(Long.parseLong(validity)).toString());
    } else if (validity != null) {
      notification.put("ttl_seconds", Integer.parseInt(validity));
    }
  }

  private static @Nullable Instant time(String text, Mistakes mistakes) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      mistakes.add(
          TwilioFields.SEND_AT, "must be a time of ISO 8601 with its zone: 2026-05-04T09:30:00Z");
      return null;
    }
  }
}
