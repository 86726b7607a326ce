package io.signalbox.gateway.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The keys of one section, in the order of the documentation. Filled while its class loads. */
final class KeyGroup {
  private final String section;
  private final List<ConfigKey<?>> keys = new ArrayList<>();

  KeyGroup(String section) {
    this.section = section;
  }

  /** Makes a key of this section. */
  <T> ConfigKey<T> key(String name, ValueType<T> type, String defaultText, String description) {
    ConfigKey<T> key = new ConfigKey<>(section + '.' + name, type, defaultText, description);
    keys.add(key);
    return key;
  }

  List<ConfigKey<?>> keys() {
    return Collections.unmodifiableList(keys);
  }
}
