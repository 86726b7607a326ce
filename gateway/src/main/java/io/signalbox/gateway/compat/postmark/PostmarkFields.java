package io.signalbox.gateway.compat.postmark;

import static io.signalbox.gateway.compat.DialectField.Treatment.CAPABILITY;
import static io.signalbox.gateway.compat.DialectField.Treatment.CARRIED;
import static io.signalbox.gateway.compat.DialectField.Treatment.ECHOED;
import static io.signalbox.gateway.compat.DialectField.Treatment.REFUSED;

import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.DialectField.Treatment;
import io.signalbox.gateway.compat.FieldTable;
import java.util.List;

/** What becomes of Postmark's fields. */
final class PostmarkFields {
  private static final String CALL = "POST /email, and each item of POST /email/batch";
  private static final String ALONE = "each recipient gets a mail of its own; name it in To";
  private static final String ACCOUNT = "providers do as the settings of their accounts say";

  static final List<DialectField> ALL =
      List.of(
          field("From", CAPABILITY, "only providers that may send for it (senders) are candidates"),
          field("To", CARRIED, "each gets a mail of its own, one id for all; names are not shown"),
          field("Cc", REFUSED, ALONE),
          field("Bcc", REFUSED, ALONE),
          field("Subject", CARRIED, ""),
          field("TextBody", CARRIED, ""),
          field("HtmlBody", CARRIED, ""),
          field("ReplyTo", CAPABILITY, "only providers that can do it are candidates"),
          field("Tag", ECHOED, ""),
          field("Metadata", ECHOED, "texts"),
          field("Headers", REFUSED, "not every provider can send them"),
          field("Attachments", REFUSED, "notifications have none"),
          field("TrackOpens", REFUSED, ACCOUNT + "; false asks for nothing"),
          field("TrackLinks", REFUSED, ACCOUNT + "; None asks for nothing"),
          field("MessageStream", ECHOED, ""));

  static final FieldTable TABLE = new FieldTable(CALL, ALL);

  private PostmarkFields() {}

  private static DialectField field(String name, Treatment treatment, String detail) {
    return new DialectField(CALL, name, treatment, detail);
  }
}
