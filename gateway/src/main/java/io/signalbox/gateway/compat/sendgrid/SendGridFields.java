package io.signalbox.gateway.compat.sendgrid;

import static io.signalbox.gateway.compat.DialectField.Treatment.CAPABILITY;
import static io.signalbox.gateway.compat.DialectField.Treatment.CARRIED;
import static io.signalbox.gateway.compat.DialectField.Treatment.ECHOED;
import static io.signalbox.gateway.compat.DialectField.Treatment.REFUSED;

import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.DialectField.Treatment;
import io.signalbox.gateway.compat.FieldTable;
import java.util.List;

/** What becomes of SendGrid's fields. */
final class SendGridFields {
  private static final String CALL = "POST /v3/mail/send";
  private static final String EACH = "personalizations[].";
  private static final String SENDER =
      "only providers that may send for it (senders) are candidates";
  private static final String ALONE =
      "each recipient gets a mail of its own; give it a personalization";
  private static final String HEADERS = "not every provider can send them";
  private static final String ANSWERS = "only providers that can do it are candidates";
  private static final String LISTS =
      "who gets nothing more is the gateway's list of suppressions for all providers";
  private static final String ACCOUNT = "providers do as the settings of their accounts say";

  static final List<DialectField> ALL =
      List.of(
          field(EACH + "to[].email", CARRIED, "each gets a mail of its own, one id for all"),
          field(EACH + "to[].name", ECHOED, "not shown in the mail"),
          field(EACH + "cc", REFUSED, ALONE),
          field(EACH + "bcc", REFUSED, ALONE),
          field(EACH + "from.email", CAPABILITY, SENDER),
          field(EACH + "from.name", CAPABILITY, SENDER),
          field(EACH + "subject", CARRIED, ""),
          field(EACH + "headers", REFUSED, HEADERS),
          field(EACH + "substitutions", CARRIED, "put into the subject and the contents"),
          field(EACH + "dynamic_template_data", CARRIED, "what the template is filled in with"),
          field(EACH + "custom_args", ECHOED, "texts, 10,000 bytes at most"),
          field(EACH + "send_at", CARRIED, "up to 366 days ahead"),
          field("from.email", CAPABILITY, SENDER),
          field("from.name", CAPABILITY, SENDER),
          field("reply_to.email", CAPABILITY, ANSWERS),
          field("reply_to.name", CAPABILITY, ANSWERS),
          field("reply_to_list[].email", CAPABILITY, ANSWERS),
          field("reply_to_list[].name", CAPABILITY, ANSWERS),
          field("subject", CARRIED, ""),
          field("content[].type", CARRIED, "text/plain and text/html, one of each"),
          field("content[].value", CARRIED, ""),
          field("attachments", REFUSED, "notifications have none"),
          field("template_id", CARRIED, "the name of a template of the gateway"),
          field("headers", REFUSED, HEADERS),
          field("categories", ECHOED, "10 at most"),
          field("custom_args", ECHOED, "texts, 10,000 bytes at most"),
          field("send_at", CARRIED, "up to 366 days ahead"),
          field("batch_id", REFUSED, "nothing could be cancelled by it"),
          field("asm", REFUSED, LISTS),
          field("ip_pool_name", REFUSED, ACCOUNT),
          field("mail_settings.sandbox_mode.enable", CARRIED, "checked, and not sent"),
          field("mail_settings.bypass_list_management", REFUSED, LISTS),
          field("mail_settings.bypass_spam_management", REFUSED, LISTS),
          field("mail_settings.bypass_bounce_management", REFUSED, LISTS),
          field("mail_settings.bypass_unsubscribe_management", REFUSED, LISTS),
          field("mail_settings.footer", REFUSED, "the texts are sent as they are"),
          field("tracking_settings.click_tracking", REFUSED, ACCOUNT),
          field("tracking_settings.open_tracking", REFUSED, ACCOUNT),
          field("tracking_settings.subscription_tracking", REFUSED, ACCOUNT),
          field("tracking_settings.ganalytics", REFUSED, ACCOUNT));

  static final FieldTable TABLE = new FieldTable(CALL, ALL);

  private SendGridFields() {}

  private static DialectField field(String name, Treatment treatment, String detail) {
    return new DialectField(CALL, name, treatment, detail);
  }
}
