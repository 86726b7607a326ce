package io.signalbox.gateway.compat.hooks;

import io.signalbox.gateway.compat.DialectIds;
import io.signalbox.gateway.compat.twilio.TwilioEnd;
import io.signalbox.spi.Channel;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Twilio's status callbacks: a form, signed over the address and the sorted parameters. */
final class TwilioHook implements Hook {
  private static final String WHATSAPP = "whatsapp:";
  private static final String SERVICE = "MessagingServiceSid";

  @Override
  public Optional<HookRequest> request(HookNews news, HookTarget target) {
    String status = status(news);
    if (status == null) {
      return Optional.empty();
    }
    Map<String, String> fields = fields(news, status);
    return Optional.of(
        HookRequest.form(fields)
            .with("X-Twilio-Signature", signature(target.secret(), target.url(), fields))
            .with("I-Twilio-Idempotency-Token", news.eventId()));
  }

  private static @Nullable String status(HookNews news) {
    return switch (news.kind()) {
      case SENT -> "sent";
      case DELIVERED -> "delivered";
      case READ -> "read";
      case CANCELLED -> "canceled";
      case FAILED, EXPIRED -> end(news).status();
      case DEFERRED, OPENED, CLICKED, COMPLAINED, UNSUBSCRIBED -> null;
    };
  }

  private static TwilioEnd end(HookNews news) {
    return news.kind() == HookKind.EXPIRED
        ? TwilioEnd.expired()
        : TwilioEnd.failed(news.taken(), news.reason());
  }

  private static Map<String, String> fields(HookNews news, String status) {
    Map<String, String> fields = new TreeMap<>();
    String sid = "SM" + DialectIds.hex(news.message());
    fields.put("MessageSid", sid);
    fields.put("SmsSid", sid);
    fields.put("MessageStatus", status);
    fields.put("SmsStatus", status);
    fields.put("ApiVersion", "2010-04-01");
    String account = news.accountOf("twilio");
    if (account != null) {
      fields.put("AccountSid", account);
    }
    boolean whatsapp = news.channel() == Channel.WHATSAPP;
    fields.put("To", whatsapp ? WHATSAPP + news.recipient() : news.recipient());
    if (news.memo().sender() != null) {
      fields.put("From", news.memo().sender());
    }
    Object service = news.memo().custom().get(SERVICE);
    if (service != null) {
      fields.put(SERVICE, service.toString());
    }
    if (whatsapp) {
      fields.put("ChannelPrefix", "whatsapp");
    }
    if (status.equals("read")) {
      fields.put("EventType", "READ");
    }
    if (status.equals("undelivered") || status.equals("failed")) {
      fields.put("ErrorCode", Integer.toString(end(news).errorCode()));
    }
    if (status.equals("undelivered") || status.equals("delivered")) {
      fields.put("RawDlrDoneDate", HookTimes.minute(news.at()));
    }
    return fields;
  }

  /** Of the address and the parameters, sorted by name. */
  static String signature(String token, String url, Map<String, String> fields) {
    StringBuilder signed = new StringBuilder(url);
    new TreeMap<>(fields).forEach((name, value) -> signed.append(name).append(value));
    return Base64.getEncoder().encodeToString(Macs.mac("HmacSHA1", token, signed.toString()));
  }
}
