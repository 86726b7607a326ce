package io.signalbox.simulator.postmark;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.MailAddress;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What Postmark would refuse in an e-mail. */
final class EmailCheck {
  private static final int INVALID_REQUEST = 300;
  private static final int INCOMPATIBLE_JSON = 403;
  private static final int NO_SUCH_STREAM = 1235;
  private static final int MAX_RECIPIENTS = 50;
  private static final int MAX_BODY_BYTES = 5 * 1024 * 1024;
  private static final int MAX_METADATA = 10;
  private static final int MAX_METADATA_NAME = 20;
  private static final int MAX_METADATA_VALUE = 80;
  private static final Set<String> STREAMS = Set.of("outbound", "broadcast");

  /** Commas between addresses, but not those in a quoted name. */
  private static final Pattern COMMA = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

  private final JsonObject email;

  private EmailCheck(JsonObject email) {
    this.email = email;
  }

  /** The first reason to refuse it, if there is one. */
  static Optional<Answer> of(JsonObject email, boolean refuseRecipients) {
    EmailCheck check = new EmailCheck(email);
    return check
        .sender()
        .or(check::recipients)
        .or(check::bodies)
        .or(check::metadata)
        .or(check::stream)
        .or(() -> check.inactive(refuseRecipients));
  }

  /** Everyone who gets the e-mail, without names. */
  static List<String> recipients(JsonObject email) {
    return List.of("To", "Cc", "Bcc").stream()
        .flatMap(field -> addresses(email, field).stream())
        .map(MailAddress::bare)
        .toList();
  }

  private Optional<Answer> sender() {
    String from = Fields.text(email, "From");
    return from != null && MailAddress.isValid(MailAddress.bare(from))
        ? Optional.empty()
        : refused("Invalid 'From' address: '" + (from == null ? "" : from) + "'.");
  }

  private Optional<Answer> recipients() {
    for (String field : List.of("To", "Cc", "Bcc")) {
      for (String address : addresses(email, field)) {
        if (!MailAddress.isValid(MailAddress.bare(address))) {
          return refused("Invalid '" + field + "' address: '" + address + "'.");
        }
      }
    }
    int count = recipients(email).size();
    if (count == 0) {
      return refused("Zero recipients specified");
    }
    return count > MAX_RECIPIENTS
        ? refused("Maximum of 50 recipients allowed per email message.")
        : Optional.empty();
  }

  private Optional<Answer> bodies() {
    String text = Fields.filled(email, "TextBody");
    String html = Fields.filled(email, "HtmlBody");
    if (text == null && html == null) {
      return refused("Provide either email TextBody or HtmlBody or both.");
    }
    for (String body : new String[] {text, html}) {
      if (body != null && body.getBytes(StandardCharsets.UTF_8).length > MAX_BODY_BYTES) {
        return refused("TextBody and HtmlBody can be up to 5 MB each.");
      }
    }
    return Optional.empty();
  }

  private Optional<Answer> metadata() {
    Object given = email.getValue("Metadata");
    if (given == null) {
      return Optional.empty();
    }
    if (!(given instanceof JsonObject metadata)) {
      return Optional.of(PostmarkErrors.refused(INCOMPATIBLE_JSON, "Metadata is no object."));
    }
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, Object> entry : metadata) {
      if (!(entry.getValue() instanceof String value)) {
        return Optional.of(
            PostmarkErrors.refused(INCOMPATIBLE_JSON, "Values of Metadata must be strings."));
      }
      boolean fits =
          entry.getKey().length() <= MAX_METADATA_NAME && value.length() <= MAX_METADATA_VALUE;
      if (!fits || !names.add(entry.getKey().toLowerCase(Locale.ROOT))) {
        return refused("Metadata field '" + entry.getKey() + "' is too long or there twice.");
      }
    }
    return names.size() > MAX_METADATA ? refused("Metadata may have 10 fields.") : Optional.empty();
  }

  private Optional<Answer> stream() {
    String stream = Fields.text(email, "MessageStream");
    return stream == null || STREAMS.contains(stream)
        ? Optional.empty()
        : Optional.of(
            PostmarkErrors.refused(
                NO_SUCH_STREAM, "The 'MessageStream' provided does not exist on this server."));
  }

  private Optional<Answer> inactive(boolean refuseAll) {
    return recipients(email).stream()
        .filter(to -> refuseAll || MailAddress.fateOf(to) == MailAddress.Fate.REFUSED)
        .findFirst()
        .map(PostmarkErrors::inactive);
  }

  private static List<String> addresses(JsonObject email, String field) {
    String list = Fields.text(email, field);
    return list == null
        ? List.of()
        : COMMA.splitAsStream(list).map(String::trim).filter(one -> !one.isEmpty()).toList();
  }

  private static Optional<Answer> refused(String message) {
    return Optional.of(PostmarkErrors.refused(INVALID_REQUEST, message));
  }
}
