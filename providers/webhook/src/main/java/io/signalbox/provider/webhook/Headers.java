package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Headers of the requests. Only our own ids may fill them: a notification's words could not stand
 * in every header, or end one and begin another.
 *
 * @param templates by name
 */
record Headers(Map<String, TextTemplate> templates) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

  /** Headers whose values are secrets. */
  private static final Pattern SIGNS_IN =
      Pattern.compile("(?i)auth|cookie|token|secret|password|api-?key|(?:^|-)key$");

  /** As in {@code Idempotency-Key}. */
  private static final Pattern PLACEHOLDERS = Pattern.compile("(?:\\{\\{[^{}]*}})*");

  private static final Set<String> OF_THE_CLIENT =
      Set.of("host", "content-length", "transfer-encoding", "connection", "expect", "upgrade");

  static Headers read(ConfigReader reader) {
    Map<String, TextTemplate> templates = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : new TreeSet<>(reader.keys())) {
      String value = value(reader, name);
      if (!isName(name)) {
        reader.problem(name, "must be a name that a header can have");
      } else if (OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
        reader.problem(name, "is set by the client itself");
      } else if (!VALUE.matcher(value).matches()) {
        reader.problem(name, "must be ASCII on one line");
      }
      templates.put(
          name,
          TextTemplate.parse(
              value,
              reader,
              name,
              Values.IDS::contains,
              "in headers must be {{attempt_id}} or {{idempotency_key}}"));
    }
    return new Headers(templates);
  }

  private static String value(ConfigReader reader, String name) {
    String value = reader.requiredText(name);
    return SIGNS_IN.matcher(name).find() && !PLACEHOLDERS.matcher(value).matches()
        ? reader.requiredSecret(name).reveal()
        : value;
  }

  /** Whether a header can have this name. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** The headers of one request. */
  Map<String, String> render(Values values) {
    Map<String, String> rendered = new TreeMap<>();
    templates.forEach(
        (name, template) -> rendered.put(name, template.render(values, UnaryOperator.identity())));
    return rendered;
  }

  /** Those that are the same for all requests. */
  Map<String, String> constant() {
    Map<String, String> constant = new TreeMap<>();
    templates.forEach(
        (name, template) -> template.constant().ifPresent(value -> constant.put(name, value)));
    return constant;
  }
}
