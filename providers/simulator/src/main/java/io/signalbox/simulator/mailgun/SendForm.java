package io.signalbox.simulator.mailgun;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.MailAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The form of a new message, and what Mailgun would refuse in it. */
final class SendForm {
  private static final int MAX_RECIPIENTS = 1000;
  private static final int MAX_OPTION_BYTES = 16 * 1024;
  private static final int MIN_WINDOW_MINUTES = 5;
  private static final int MAX_WINDOW_MINUTES = 24 * 60;
  private static final List<String> OPTION_PREFIXES = List.of("o:", "h:", "v:", "t:");
  private static final List<String> CONTENTS = List.of("text", "html", "amp-html", "template");
  private static final Pattern WINDOW = Pattern.compile("(?:(\\d{1,3})h)?(?:(\\d{1,4})m)?");

  /** Commas between addresses, but not those in a quoted name. */
  private static final Pattern COMMA = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

  private final Map<String, List<String>> form;

  SendForm(Map<String, List<String>> form) {
    this.form = form;
  }

  /** A field's first value; empty if absent. */
  String value(String name) {
    String value = Fields.first(form, name);
    return value == null ? "" : value;
  }

  /** All values of a field. */
  List<String> values(String name) {
    return form.getOrDefault(name, List.of());
  }

  /** The names of the fields that begin so, without that beginning. */
  List<String> names(String prefix) {
    return form.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  /** Everyone who gets the message, each address once. */
  Set<String> recipients() {
    Set<String> recipients = new LinkedHashSet<>();
    for (String field : List.of("to", "cc", "bcc")) {
      addresses(field).forEach(address -> recipients.add(MailAddress.bare(address)));
    }
    return recipients;
  }

  /** The first reason to refuse this message, if there is one. */
  Optional<Answer> refusal(boolean refuseRecipients) {
    return address("from", false)
        .or(() -> address("to", refuseRecipients))
        .or(() -> values("cc").isEmpty() ? Optional.empty() : address("cc", refuseRecipients))
        .or(() -> values("bcc").isEmpty() ? Optional.empty() : address("bcc", refuseRecipients))
        .or(this::content)
        .or(this::options);
  }

  private Optional<Answer> address(String field, boolean refuse) {
    List<String> addresses = addresses(field);
    if (addresses.isEmpty()) {
      return refused(field + " parameter is missing");
    }
    boolean good =
        addresses.stream()
            .map(MailAddress::bare)
            .allMatch(
                address ->
                    MailAddress.isValid(address)
                        && MailAddress.fateOf(address) != MailAddress.Fate.REFUSED);
    return refuse || !good
        ? refused(field + " parameter is not a valid address. please check documentation")
        : Optional.empty();
  }

  private Optional<Answer> content() {
    if (recipients().size() > MAX_RECIPIENTS) {
      return refused("Too many recipients, max is 1000");
    }
    return CONTENTS.stream().allMatch(name -> value(name).isEmpty())
        ? refused(
            "Need at least one of 'text', 'html', 'amp-html' or 'template' parameters specified")
        : Optional.empty();
  }

  private Optional<Answer> options() {
    long bytes =
        form.entrySet().stream()
            .filter(entry -> OPTION_PREFIXES.stream().anyMatch(entry.getKey()::startsWith))
            .flatMap(entry -> entry.getValue().stream().map(value -> entry.getKey() + value))
            .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
            .sum();
    if (bytes > MAX_OPTION_BYTES) {
      return refused("o:, h:, v: and t: parameters are limited to 16KB total");
    }
    String window = value("o:deliver-within");
    return window.isEmpty() || isWindow(window)
        ? Optional.empty()
        : refused("o:deliver-within parameter must be from 5m to 24h");
  }

  private static boolean isWindow(String text) {
    Matcher matcher = WINDOW.matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    int minutes = 60 * number(matcher.group(1)) + number(matcher.group(2));
    return minutes >= MIN_WINDOW_MINUTES && minutes <= MAX_WINDOW_MINUTES;
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private List<String> addresses(String field) {
    return values(field).stream()
        .flatMap(COMMA::splitAsStream)
        .map(String::trim)
        .filter(address -> !address.isEmpty())
        .toList();
  }

  private static Optional<Answer> refused(String message) {
    return Optional.of(MailgunErrors.of(400, message));
  }

  @Override
  public String toString() {
    return "SendForm[masked]";
  }
}
