package io.signalbox.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns raw values into typed ones and collects what is wrong. Not thread-safe. */
final class ConfigValues {
  private final Map<String, RawValue> raw;
  private final Path home;
  private final int cores;
  private final List<ConfigMistake> mistakes;

  ConfigValues(Map<String, RawValue> raw, Path home, int cores, List<ConfigMistake> mistakes) {
    this.raw = raw;
    this.home = home;
    this.cores = cores;
    this.mistakes = mistakes;
  }

  /** The value of a key, or its default if it is not given or wrong. */
  <T> T get(ConfigKey<T> key) {
    RawValue value = raw.get(key.name());
    if (value != null) {
      Optional<T> parsed = key.type().parse(value.text());
      if (parsed.isPresent()) {
        return parsed.get();
      }
      mistakes.add(new ConfigMistake(value.source(), value.writtenKey(), key.type().rule()));
    }
    return key.type()
        .parse(expand(key.defaultText()))
        .orElseThrow(() -> new IllegalStateException("the default of " + key.name() + " is wrong"));
  }

  /** Notes a mistake that only shows across keys, at the place where the key was written. */
  void mistake(ConfigKey<?> key, String expected) {
    RawValue value = raw.get(key.name());
    mistakes.add(
        value == null
            ? new ConfigMistake("default", key.name(), expected)
            : new ConfigMistake(value.source(), value.writtenKey(), expected));
  }

  private String expand(String text) {
    if (!text.contains("${")) {
      return text;
    }
    String dataDir =
        Optional.ofNullable(raw.get(DataKeys.DIR.name()))
            .map(RawValue::text)
            .filter(given -> DataKeys.DIR.type().parse(given).isPresent())
            .orElse(DataKeys.DIR.defaultText());
    return text.replace("${home}", home.toString())
        .replace("${cores}", Integer.toString(Math.min(cores, 64)))
        .replace("${data.dir}", dataDir);
  }
}
