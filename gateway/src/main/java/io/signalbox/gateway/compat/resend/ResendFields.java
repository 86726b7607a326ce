package io.signalbox.gateway.compat.resend;

import static io.signalbox.gateway.compat.DialectField.Treatment.CAPABILITY;
import static io.signalbox.gateway.compat.DialectField.Treatment.CARRIED;
import static io.signalbox.gateway.compat.DialectField.Treatment.ECHOED;
import static io.signalbox.gateway.compat.DialectField.Treatment.REFUSED;

import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.DialectField.Treatment;
import io.signalbox.gateway.compat.FieldTable;
import java.util.List;

/** What becomes of Resend's fields. */
final class ResendFields {
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  static final String BATCH_VALIDATION = "x-batch-validation";

  private static final String BODY = "POST /emails, and each item of POST /emails/batch";
  private static final String TOLD = "answer of GET /emails/{id}";
  private static final String HEADERS = "headers of POST /emails and POST /emails/batch";

  static final List<DialectField> ALL =
      List.of(
          header(IDEMPOTENCY_KEY, CARRIED, "1 to 256 characters"),
          header(BATCH_VALIDATION, CARRIED, "strict (also where it is not sent) or permissive"),
          body("from", CAPABILITY, "only providers that may send for it (senders) are candidates"),
          body(
              "to",
              CARRIED,
              "each gets a mail of its own, one id for all; a name is only told again"),
          body("subject", CARRIED, ""),
          body("html", CARRIED, ""),
          body("text", CARRIED, ""),
          body("cc", REFUSED, "each recipient gets a mail of its own; name it in to"),
          body("bcc", REFUSED, "each recipient gets a mail of its own; name it in to"),
          body("reply_to", CAPABILITY, "only providers that can do it are candidates"),
          body("headers", REFUSED, "not every provider can send them"),
          body("tags[].name", ECHOED, ""),
          body("tags[].value", ECHOED, ""),
          body("attachments", REFUSED, "notifications have none"),
          body(
              "scheduled_at", CARRIED, "a time as in ISO 8601, or such as in 5 minutes, in 1 hour"),
          body("template.id", CARRIED, "the name of a template of the gateway"),
          body("template.variables", CARRIED, "what it is filled in with"),
          body("topic_id", REFUSED, "the gateway has no topics"),
          told("to", "all but those who were erased; once the first is, the mail is not found"),
          told(
              "last_event",
              "of those in to what went wrong for any, or else how far the least advanced"
                  + " has come"));

  static final FieldTable TABLE = new FieldTable(BODY, ALL);

  private ResendFields() {}

  private static DialectField body(String name, Treatment treatment, String detail) {
    return new DialectField(BODY, name, treatment, detail);
  }

  private static DialectField told(String name, String detail) {
    return new DialectField(TOLD, name, ECHOED, detail);
  }

  private static DialectField header(String name, Treatment treatment, String detail) {
    return new DialectField(HEADERS, name, treatment, detail);
  }
}
