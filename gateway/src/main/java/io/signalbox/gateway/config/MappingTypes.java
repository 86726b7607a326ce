package io.signalbox.gateway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The types of values that are lists of known words, or pairs. */
final class MappingTypes {
  /** What the type of pairs is called. */
  static final String MAPPING = "mapping";

  private MappingTypes() {}

  /** A list of words that are known. */
  static ValueType<List<String>> words(List<String> known) {
    String range = String.join(", ", known);
    return ValueTypes.type(
        "list",
        "of " + range,
        "must be a list of " + range + ", or empty",
        text -> ValueTypes.list(text, word -> Optional.of(word).filter(known::contains)));
  }

  /**
   * Pairs, a block of keys and values in YAML, elsewhere {@code key=value, key=value}. No key
   * stands there twice.
   *
   * @param what it holds
   * @param example of it
   * @param key reads a key; empty if it is wrong
   * @param value reads a value; empty if it is wrong
   */
  static <K, V> ValueType<Map<K, V>> mapping(
      String what,
      String example,
      Function<String, Optional<K>> key,
      Function<String, Optional<V>> value) {
    return ValueTypes.type(
        MAPPING,
        what + ", or empty",
        "must be " + what + ", such as " + example,
        text -> ValueTypes.list(text, part -> pair(part, key, value)).flatMap(MappingTypes::map));
  }

  private static <K, V> Optional<Map.Entry<K, V>> pair(
      String part, Function<String, Optional<K>> key, Function<String, Optional<V>> value) {
    int at = part.indexOf('=');
    if (at < 0) {
      return Optional.empty();
    }
    return key.apply(part.substring(0, at).trim())
        .flatMap(
            first ->
                value.apply(part.substring(at + 1).trim()).map(then -> Map.entry(first, then)));
  }

  private static <K, V> Optional<Map<K, V>> map(List<Map.Entry<K, V>> pairs) {
    Map<K, V> map = new LinkedHashMap<>();
    for (Map.Entry<K, V> pair : pairs) {
      if (map.put(pair.getKey(), pair.getValue()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(map);
  }
}
