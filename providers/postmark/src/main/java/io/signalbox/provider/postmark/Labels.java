package io.signalbox.provider.postmark;

import io.signalbox.toolkit.Correlation;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The application's labels in Postmark's two places. Labels are no reason to refuse a mail: those
 * that do not fit stay here.
 */
final class Labels {
  static final int MAX_FIELDS = 10;
  static final int MAX_NAME_CHARACTERS = 20;
  static final int MAX_VALUE_CHARACTERS = 80;

  /** What the gateway gives a label that has no value of its own. */
  private static final String LABEL = "true";

  private Labels() {}

  /** The one tag of a mail: the first label without a value, or the notification's type. */
  static String tag(Map<String, String> labels, String notificationType) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .filter(label -> label.getValue().equals(LABEL))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(notificationType);
  }

  /** Our attempt id, and then the labels in the order of their names. */
  static JsonObject metadata(Map<String, String> labels, String attemptId) {
    JsonObject metadata = new JsonObject().put(Correlation.NAME, attemptId);
    // Names that differ in their case alone are the same to Postmark, and then an error.
    Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    taken.add(Correlation.NAME);
    new TreeMap<>(labels)
        .forEach(
            (name, value) -> {
              if (taken.size() < MAX_FIELDS && fits(name, value) && taken.add(name)) {
                metadata.put(name, value);
              }
            });
    return metadata;
  }

  private static boolean fits(String name, String value) {
    return name.length() <= MAX_NAME_CHARACTERS && value.length() <= MAX_VALUE_CHARACTERS;
  }
}
