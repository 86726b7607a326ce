package io.signalbox.gateway.compat.mailgun;

import static io.signalbox.gateway.compat.DialectField.Treatment.CAPABILITY;
import static io.signalbox.gateway.compat.DialectField.Treatment.CARRIED;
import static io.signalbox.gateway.compat.DialectField.Treatment.ECHOED;
import static io.signalbox.gateway.compat.DialectField.Treatment.REFUSED;

import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.DialectField.Treatment;
import io.signalbox.gateway.compat.FieldTable;
import io.signalbox.gateway.compat.FormFields;
import io.signalbox.gateway.compat.Mistakes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What becomes of Mailgun's fields. */
final class MailgunFields {
  /** What stands in the table for all names that begin so. */
  private static final String ANY = "*";

  private static final String CALL = "POST /v3/{domain}/messages";
  private static final Set<String> NO = Set.of("", "no", "false", "False");
  private static final Set<String> PREFIXES = Set.of("h:", "v:", "o:", "t:");
  private static final String ALONE = "each recipient gets a mail of its own; name it in to";
  private static final String ACCOUNT = "providers do as the settings of their accounts say";
  private static final String FILES = "notifications have none";

  static final List<DialectField> ALL =
      List.of(
          field("from", CAPABILITY, "only providers that may send for it (senders) are candidates"),
          field("to", CARRIED, "each gets a mail of its own, one id for all; names are not shown"),
          field("cc", REFUSED, ALONE),
          field("bcc", REFUSED, ALONE),
          field("subject", CARRIED, ""),
          field("text", CARRIED, ""),
          field("html", CARRIED, ""),
          field("amp-html", REFUSED, "notifications have text and html"),
          field("attachment", REFUSED, FILES),
          field("inline", REFUSED, FILES),
          field("template", CARRIED, "the name of a template of the gateway"),
          field("t:version", REFUSED, "versions of the gateway's templates are numbers"),
          field("t:text", REFUSED, "a template says itself whether it has a plain text"),
          field("t:variables", CARRIED, "what the template is filled in with"),
          field("recipient-variables", CARRIED, "put into subject, text, html and v: values"),
          field("o:tag", ECHOED, "10 at most"),
          field("o:deliverytime", CARRIED, "as in RFC 2822, up to 366 days ahead"),
          field("o:testmode", CARRIED, "yes: checked and answered, and not sent"),
          field("o:dkim", REFUSED, ACCOUNT),
          field("o:tracking", REFUSED, ACCOUNT + "; no asks for nothing"),
          field("o:tracking-clicks", REFUSED, ACCOUNT + "; no asks for nothing"),
          field("o:tracking-opens", REFUSED, ACCOUNT + "; no asks for nothing"),
          field("o:require-tls", REFUSED, ACCOUNT + "; no asks for nothing"),
          field("o:skip-verification", REFUSED, ACCOUNT + "; no asks for nothing"),
          field("h:Reply-To", CAPABILITY, "only providers that can do it are candidates"),
          field("h:" + ANY, REFUSED, "not every provider can send headers"),
          field("v:" + ANY, ECHOED, ""));

  private static final FieldTable TABLE = new FieldTable(CALL, ALL);

  private MailgunFields() {}

  /** Notes what the table refuses or does not have. */
  static void check(FormFields form, Mistakes mistakes) {
    for (String name : form.names()) {
      boolean asks = form.all(name).isEmpty() || !NO.containsAll(form.all(name));
      String problem = problem(name, asks);
      if (problem != null) {
        mistakes.add(name, problem);
      }
    }
    for (FormFields.File file : form.files()) {
      if (problem(file.name(), true) == null) {
        mistakes.add(file.name(), "must be a text, not a file");
      }
    }
  }

  private static @Nullable String problem(String name, boolean asks) {
    boolean isThere = TABLE.problem(name, false) == null;
    boolean prefixed = name.length() > 2 && PREFIXES.contains(name.substring(0, 2));
    return TABLE.problem(!isThere && prefixed ? name.substring(0, 2) + ANY : name, asks);
  }

  private static DialectField field(String name, Treatment treatment, String detail) {
    return new DialectField(CALL, name, treatment, detail);
  }
}
