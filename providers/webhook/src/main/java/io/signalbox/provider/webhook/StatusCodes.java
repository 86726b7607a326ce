package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** HTTP statuses of a configuration. */
final class StatusCodes {
  private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d");

  private StatusCodes() {}

  /** One or several statuses; empty if the key is missing. */
  static Set<Integer> read(ConfigReader reader, String key) {
    Set<Integer> statuses = new TreeSet<>();
    for (String text : reader.texts(key)) {
      if (STATUS.matcher(text).matches()) {
        statuses.add(Integer.parseInt(text));
      } else {
        reader.problem(key, "must be HTTP statuses from 100 to 599");
      }
    }
    return statuses;
  }
}
