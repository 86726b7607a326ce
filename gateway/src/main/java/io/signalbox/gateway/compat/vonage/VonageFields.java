package io.signalbox.gateway.compat.vonage;

import static io.signalbox.gateway.compat.DialectField.Treatment.CARRIED;
import static io.signalbox.gateway.compat.DialectField.Treatment.ECHOED;
import static io.signalbox.gateway.compat.DialectField.Treatment.REFUSED;
import static io.signalbox.gateway.compat.DialectField.Treatment.SUBSTITUTED;

import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.DialectField.Treatment;
import io.signalbox.gateway.compat.FieldTable;
import java.util.ArrayList;
import java.util.List;

/** What becomes of Vonage's fields. */
final class VonageFields {
  static final String API_KEY = "api_key";
  static final String API_SECRET = "api_secret";
  static final String FROM = "from";
  static final String TO = "to";
  static final String TEXT = "text";
  static final String TTL = "ttl";

  static final String TYPE = "type";
  static final String CLIENT_REF = "client-ref";
  static final String CALLBACK = "callback";
  static final String REPORT = "status-report-req";

  static final String MESSAGE_TYPE = "message_type";
  static final String CHANNEL = "channel";
  static final String MESSAGES_REF = "client_ref";
  static final String WEBHOOK = "webhook_url";
  static final String WEBHOOK_VERSION = "webhook_version";

  private static final String SMS = "POST /sms/json";
  private static final String MESSAGES = "POST /v1/messages";
  private static final String SENDERS = "the provider that delivers has senders of its own";
  private static final String TEXTS_ONLY = "messages are texts";
  private static final String NOT_EVERY = "not every provider can do it";

  private static final List<DialectField> OF_SMS =
      List.of(
          sms(API_KEY, ECHOED, "any text; allows nothing"),
          sms(API_SECRET, CARRIED, "an API key of the gateway, where there is no Authorization"),
          sms(VonageCredentials.SIGNATURE, REFUSED, "status 14: it cannot be checked here"),
          sms("timestamp", REFUSED, "belongs to sig"),
          sms(FROM, SUBSTITUTED, SENDERS),
          sms(TO, CARRIED, "7 to 15 digits"),
          sms(TEXT, CARRIED, ""),
          sms(TYPE, CARRIED, "text or unicode: providers choose the alphabet by the text"),
          sms(CLIENT_REF, ECHOED, "at most 100 characters"),
          sms(CALLBACK, CARRIED, "hears of this message; an address that callbacks may go to"),
          sms(REPORT, CARRIED, "false: callback hears nothing"),
          sms(TTL, CARRIED, "20000 to 604800000 milliseconds, as whole seconds"),
          sms("message-class", REFUSED, NOT_EVERY),
          sms("body", REFUSED, TEXTS_ONLY),
          sms("udh", REFUSED, TEXTS_ONLY),
          sms("protocol-id", REFUSED, TEXTS_ONLY),
          sms("title", REFUSED, TEXTS_ONLY),
          sms("url", REFUSED, TEXTS_ONLY),
          sms("validity", REFUSED, TEXTS_ONLY),
          sms("vcard", REFUSED, TEXTS_ONLY),
          sms("vcal", REFUSED, TEXTS_ONLY),
          sms("entity-id", REFUSED, NOT_EVERY),
          sms("content-id", REFUSED, NOT_EVERY),
          sms("trusted-number", REFUSED, NOT_EVERY),
          sms("account-ref", REFUSED, "the gateway has tenants, which API keys belong to"));

  private static final List<DialectField> OF_MESSAGES =
      List.of(
          messages(MESSAGE_TYPE, CARRIED, "text"),
          messages(CHANNEL, CARRIED, "sms or whatsapp"),
          messages(FROM, SUBSTITUTED, SENDERS),
          messages(TO, CARRIED, "7 to 15 digits"),
          messages(TEXT, CARRIED, ""),
          messages(MESSAGES_REF, ECHOED, "at most 100 characters"),
          messages(WEBHOOK, CARRIED, "hears of this message; an address that callbacks may go to"),
          messages(WEBHOOK_VERSION, CARRIED, "v1"),
          messages(TTL, CARRIED, "20 to 604800 seconds"),
          messages("sms.encoding_type", CARRIED, "any: providers choose the alphabet by the text"),
          messages("sms.content_id", REFUSED, NOT_EVERY),
          messages("sms.entity_id", REFUSED, NOT_EVERY),
          messages("sms.pool_id", REFUSED, SENDERS),
          messages("sms.trusted_recipient", REFUSED, NOT_EVERY),
          messages("trusted_recipient", REFUSED, NOT_EVERY),
          messages("failover", REFUSED, "the gateway's own fallback channels do that"),
          messages("context", REFUSED, NOT_EVERY),
          messages("whatsapp", REFUSED, "templates of WhatsApp belong to one provider"),
          messages("template", REFUSED, "templates of WhatsApp belong to one provider"),
          messages("custom", REFUSED, TEXTS_ONLY),
          messages("image", REFUSED, TEXTS_ONLY),
          messages("audio", REFUSED, TEXTS_ONLY),
          messages("video", REFUSED, TEXTS_ONLY),
          messages("file", REFUSED, TEXTS_ONLY),
          messages("sticker", REFUSED, TEXTS_ONLY),
          messages("vcard", REFUSED, TEXTS_ONLY),
          messages("content", REFUSED, TEXTS_ONLY),
          messages("messenger", REFUSED, "only sms and whatsapp are carried"),
          messages("viber_service", REFUSED, "only sms and whatsapp are carried"),
          messages("rcs", REFUSED, "only sms and whatsapp are carried"));

  static final List<DialectField> ALL = both();

  static final FieldTable TO_SMS = new FieldTable(SMS, ALL);
  static final FieldTable TO_MESSAGES = new FieldTable(MESSAGES, ALL);

  private VonageFields() {}

  private static List<DialectField> both() {
    List<DialectField> all = new ArrayList<>(OF_SMS);
    all.addAll(OF_MESSAGES);
    return List.copyOf(all);
  }

  private static DialectField sms(String name, Treatment treatment, String detail) {
    return new DialectField(SMS, name, treatment, detail);
  }

  private static DialectField messages(String name, Treatment treatment, String detail) {
    return new DialectField(MESSAGES, name, treatment, detail);
  }
}
