package io.signalbox.gateway.config;

import java.util.Locale;

/**
 * One key of the configuration, as data.
 *
 * @param name section and key, such as {@code http.port}
 * @param type how its text is read
 * @param defaultText the default as it would be written; {@code ${home}}, {@code ${data.dir}} and
 *     {@code ${cores}} stand for the installation's folder, that key's value and the number of
 *     cores
 * @param description what it decides, one sentence
 * @param <T> what a value becomes
 */
record ConfigKey<T>(String name, ValueType<T> type, String defaultText, String description) {

  /** The environment variable of the same meaning. */
  String environmentName() {
    return "SIGNALBOX_" + name.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** The part before the dot. */
  String section() {
    return name.substring(0, name.indexOf('.'));
  }
}
