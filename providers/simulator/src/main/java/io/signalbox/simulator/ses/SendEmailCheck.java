package io.signalbox.simulator.ses;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.MailAddress;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the first thing that SES would refuse in the body of a send call. */
final class SendEmailCheck {
  private static final int MAX_RECIPIENTS = 50;
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,256}");

  private SendEmailCheck() {}

  static Optional<Answer> of(JsonObject body, boolean refuseRecipients) {
    return Stream.<Supplier<Optional<Answer>>>of(
            () -> sender(body),
            () -> recipients(body, refuseRecipients),
            () -> content(Fields.object(body, "Content")),
            () -> tags(body),
            () -> configurationSet(body))
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** All recipients, in the order To, Cc, Bcc. */
  static List<String> recipients(JsonObject body) {
    JsonObject destination = Fields.object(body, "Destination");
    return Stream.of("ToAddresses", "CcAddresses", "BccAddresses")
        .flatMap(field -> Fields.array(destination, field).stream())
        .map(String::valueOf)
        .toList();
  }

  private static Optional<Answer> sender(JsonObject body) {
    String from = Fields.filled(body, "FromEmailAddress");
    return from != null && MailAddress.isValid(MailAddress.bare(from)) && isAscii(from)
        ? Optional.empty()
        : bad("FromEmailAddress is missing or no address.");
  }

  private static Optional<Answer> recipients(JsonObject body, boolean refuse) {
    List<String> recipients = recipients(body);
    if (recipients.isEmpty()) {
      return bad("Destination is required.");
    }
    if (recipients.size() > MAX_RECIPIENTS) {
      return bad("Recipient count exceeds 50.");
    }
    boolean good =
        !refuse
            && recipients.stream()
                .map(MailAddress::bare)
                .allMatch(
                    address ->
                        MailAddress.isValid(address)
                            && isAscii(address)
                            && MailAddress.fateOf(address) != MailAddress.Fate.REFUSED);
    return good ? Optional.empty() : bad("Illegal address");
  }

  private static Optional<Answer> content(JsonObject content) {
    boolean other =
        content.getValue("Raw") instanceof JsonObject
            || content.getValue("Template") instanceof JsonObject;
    if (other) {
      return Optional.empty();
    }
    JsonObject simple = Fields.object(content, "Simple");
    JsonObject parts = Fields.object(simple, "Body");
    if (Fields.text(Fields.object(simple, "Subject"), "Data") == null) {
      return bad("Content must have a Subject.");
    }
    boolean hasBody =
        Stream.of("Text", "Html")
            .anyMatch(part -> Fields.text(Fields.object(parts, part), "Data") != null);
    return hasBody ? Optional.empty() : bad("Content must have a Body.");
  }

  private static Optional<Answer> tags(JsonObject body) {
    for (Object value : Fields.array(body, "EmailTags")) {
      JsonObject tag = value instanceof JsonObject object ? object : new JsonObject();
      for (String part : List.of("Name", "Value")) {
        String text = Fields.text(tag, part);
        if (text == null || !TAG.matcher(text).matches()) {
          return bad("The " + part + " of a tag has 1 to 256 letters, digits, _ and -.");
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Answer> configurationSet(JsonObject body) {
    String name = Fields.text(body, "ConfigurationSetName");
    return name == null || name.equals(SesAccount.CONFIGURATION_SET)
        ? Optional.empty()
        : Optional.of(
            SesErrors.of(
                404, "NotFoundException", "Configuration set <" + name + "> does not exist."));
  }

  private static boolean isAscii(String text) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
  }

  private static Optional<Answer> bad(String message) {
    return Optional.of(SesErrors.badRequest(message));
  }
}
