package io.signalbox.simulator.resend;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.MailAddress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the first thing that Resend would refuse in an e-mail. */
final class EmailCheck {
  private static final int MAX_RECIPIENTS = 50;
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,256}");
  private static final String ADDRESS_RULE =
      "The email address needs to follow the `email@example.com` or `Name <email@example.com>`"
          + " format.";

  private EmailCheck() {}

  static Optional<Answer> of(JsonObject email, boolean refuseRecipients) {
    return Stream.<Supplier<Optional<Answer>>>of(
            () -> sender(email),
            () -> recipients(email, "to", refuseRecipients),
            () -> recipients(email, "cc", refuseRecipients),
            () -> recipients(email, "bcc", refuseRecipients),
            () -> content(email),
            () -> tags(email))
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The addresses of a field that takes a text or a list of texts. */
  static List<String> addresses(JsonObject email, String field) {
    Object value = email.getValue(field);
    if (value instanceof String one) {
      return List.of(one);
    }
    return value instanceof JsonArray many
        ? many.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static Optional<Answer> sender(JsonObject email) {
    String from = Fields.filled(email, "from");
    if (from == null) {
      return Optional.of(ResendErrors.missing("from"));
    }
    return MailAddress.isValid(MailAddress.bare(from))
        ? Optional.empty()
        : Optional.of(
            ResendErrors.of(422, "invalid_from_address", "Invalid `from` field. " + ADDRESS_RULE));
  }

  private static Optional<Answer> recipients(JsonObject email, String field, boolean refuse) {
    List<String> addresses = addresses(email, field);
    if (addresses.isEmpty()) {
      return field.equals("to") ? Optional.of(ResendErrors.missing(field)) : Optional.empty();
    }
    if (addresses.size() > MAX_RECIPIENTS) {
      return Optional.of(ResendErrors.invalid(field, "At most 50 recipients are allowed."));
    }
    boolean good =
        !refuse
            && addresses.stream()
                .map(MailAddress::bare)
                .allMatch(
                    address ->
                        MailAddress.isValid(address)
                            && MailAddress.fateOf(address) != MailAddress.Fate.REFUSED);
    return good ? Optional.empty() : Optional.of(ResendErrors.invalid(field, ADDRESS_RULE));
  }

  private static Optional<Answer> content(JsonObject email) {
    if (email.getValue("template") instanceof JsonObject) {
      return Optional.empty();
    }
    if (Fields.text(email, "subject") == null) {
      return Optional.of(ResendErrors.missing("subject"));
    }
    return Fields.text(email, "html") == null && Fields.text(email, "text") == null
        ? Optional.of(ResendErrors.missing("html"))
        : Optional.empty();
  }

  private static Optional<Answer> tags(JsonObject email) {
    for (Object value : Fields.array(email, "tags")) {
      JsonObject tag = value instanceof JsonObject object ? object : new JsonObject();
      for (String part : List.of("name", "value")) {
        String text = Fields.text(tag, part);
        if (text == null || !TAG.matcher(text).matches()) {
          String rule =
              "A tag's "
                  + part
                  + " should only contain ASCII letters, numbers, underscores, or dashes, and at"
                  + " most 256 of them.";
          return Optional.of(ResendErrors.invalid("tags", rule));
        }
      }
    }
    return Optional.empty();
  }
}
