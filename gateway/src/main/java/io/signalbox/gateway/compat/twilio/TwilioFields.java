package io.signalbox.gateway.compat.twilio;

import static io.signalbox.gateway.compat.DialectField.Treatment.CARRIED;
import static io.signalbox.gateway.compat.DialectField.Treatment.ECHOED;
import static io.signalbox.gateway.compat.DialectField.Treatment.REFUSED;
import static io.signalbox.gateway.compat.DialectField.Treatment.SUBSTITUTED;

import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.DialectField.Treatment;
import io.signalbox.gateway.compat.FieldTable;
import java.util.List;

/** What becomes of Twilio's fields. */
final class TwilioFields {
  static final String ACCOUNT = "AccountSid";
  static final String TO = "To";
  static final String FROM = "From";
  static final String SERVICE = "MessagingServiceSid";
  static final String BODY = "Body";
  static final String CALLBACK = "StatusCallback";
  static final String VALIDITY = "ValidityPeriod";
  static final String SCHEDULE = "ScheduleType";
  static final String SEND_AT = "SendAt";
  static final String MEDIA = "MediaUrl";
  static final String CONTENT = "ContentSid";

  static final String SENT_ON = "DateSent";
  static final String SENT_BEFORE = "DateSent<";
  static final String SENT_AFTER = "DateSent>";
  static final String PAGE_SIZE = "PageSize";
  static final String PAGE = "Page";
  static final String PAGE_TOKEN = "PageToken";

  private static final String CREATE = "POST Messages.json";
  private static final String LIST = "GET Messages.json";
  private static final String TEXT_ONLY = "messages are texts";

  static final List<DialectField> ALL =
      List.of(
          create(ACCOUNT, ECHOED, "part of the path; any account, kept and told again"),
          create(TO, CARRIED, "a number in E.164 form, or whatsapp: and one"),
          create(FROM, SUBSTITUTED, "the provider that delivers has senders of its own"),
          create(SERVICE, SUBSTITUTED, "as From"),
          create(BODY, CARRIED, "at most 1,600 characters"),
          create(CALLBACK, CARRIED, "hears of this message; an address that callbacks may go to"),
          create(VALIDITY, CARRIED, "1 to 36000 seconds, from SendAt on where that is given"),
          create(SCHEDULE, CARRIED, "fixed"),
          create(SEND_AT, CARRIED, "with ScheduleType only; up to a year ahead, with any sender"),
          create(MEDIA, REFUSED, TEXT_ONLY),
          create(CONTENT, REFUSED, "templates of Twilio are not known to other providers"),
          create("ContentVariables", REFUSED, "as ContentSid"),
          create("ApplicationSid", REFUSED, "name StatusCallback instead"),
          create("MaxPrice", REFUSED, "prices of providers are set in the gateway's policies"),
          create("ProvideFeedback", REFUSED, "not every provider takes feedback; false is taken"),
          create("Attempt", REFUSED, "the gateway counts its own attempts"),
          create("ForceDelivery", REFUSED, "not every provider can; false is taken"),
          create("ContentRetention", REFUSED, "the gateway's own retention holds"),
          create("AddressRetention", REFUSED, "the gateway's own retention holds"),
          create("SmartEncoded", REFUSED, "texts are sent as they are; false is taken"),
          create("PersistentAction", REFUSED, TEXT_ONLY),
          create("TrafficType", REFUSED, "not every provider knows it"),
          create("ShortenUrls", REFUSED, "texts are sent as they are; false is taken"),
          create("SendAsMms", REFUSED, TEXT_ONLY + "; false is taken"),
          create("RiskCheck", REFUSED, "not every provider has it"),
          create("FallbackFrom", REFUSED, "the provider that delivers has senders of its own"),
          list(TO, CARRIED, "as it was sent"),
          list(FROM, REFUSED, "messages are not found by their sender"),
          list(SENT_ON, CARRIED, "a day of UTC, or a time; when the message was accepted"),
          list(SENT_BEFORE, CARRIED, "as DateSent"),
          list(SENT_AFTER, CARRIED, "as DateSent"),
          list(PAGE_SIZE, CARRIED, "1 to 1000; a page has at most 50"),
          list(PAGE, CARRIED, "told again; PageToken says where a page begins"),
          list(PAGE_TOKEN, CARRIED, "from next_page_uri"));

  static final FieldTable TO_CREATE = new FieldTable(CREATE, ALL);
  static final FieldTable TO_LIST = new FieldTable(LIST, ALL);

  private TwilioFields() {}

  private static DialectField create(String name, Treatment treatment, String detail) {
    return new DialectField(CREATE, name, treatment, detail);
  }

  private static DialectField list(String name, Treatment treatment, String detail) {
    return new DialectField(LIST, name, treatment, detail);
  }
}
