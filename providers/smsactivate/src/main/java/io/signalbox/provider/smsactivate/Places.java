package io.signalbox.provider.smsactivate;

import io.signalbox.spi.ConfigReader;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the service calls countries and services: numbers and short words of its own.
 *
 * @param countries numbers by ISO 3166-1 alpha-2, in small letters
 * @param services words of the service by those that callers use, where they differ
 */
record Places(Map<String, String> countries, Map<String, String> services) {
  /** Those that are documented. All others are configured. */
  static final Map<String, String> DOCUMENTED =
      Map.of("ru", "0", "ua", "1", "kz", "2", "id", "6", "gb", "16", "us", "187");

  /** The words of services that are documented. */
  static final Set<String> DOCUMENTED_SERVICES = Set.of("tg", "wa", "vk", "go", "fb", "ot");

  private static final Pattern ISO = Pattern.compile("[a-z]{2}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  /** Copies the maps. */
  Places {
    countries = Map.copyOf(countries);
    services = Map.copyOf(services);
  }

  static Places read(ConfigReader reader) {
    Map<String, String> countries = new LinkedHashMap<>(DOCUMENTED);
    countries.putAll(
        read(reader, "countries", ISO, NUMBER, "a country of ISO 3166-1 and the service's number"));
    return new Places(
        countries,
        read(reader, "services", WORD, WORD, "a word for callers and the service's own"));
  }

  private static Map<String, String> read(
      ConfigReader reader, String key, Pattern names, Pattern values, String what) {
    Map<String, String> read = new LinkedHashMap<>();
    JsonObject block = reader.object(key);
    for (String name : block.fieldNames()) {
      String value = Objects.toString(block.getValue(name), "");
      if (names.matcher(name).matches() && values.matcher(value).matches()) {
        read.put(name, value);
      } else {
        reader.problem(key + "." + name, "must be " + what);
      }
    }
    return read;
  }

  /** The service's number of a country; empty if none is known. */
  Optional<String> country(String iso) {
    return Optional.ofNullable(countries.get(iso));
  }

  /** The service's word for a caller's; empty if it can be none. */
  Optional<String> service(String word) {
    String own = services.getOrDefault(word, word);
    return WORD.matcher(own).matches() ? Optional.of(own) : Optional.empty();
  }

  /** The countries that the service's number stands for. */
  List<String> countriesOf(String number) {
    return countries.entrySet().stream()
        .filter(entry -> entry.getValue().equals(number))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** The words by which callers name what the service calls so. */
  Set<String> wordsOf(String own) {
    Set<String> words = new TreeSet<>();
    services.forEach(
        (word, name) -> {
          if (name.equals(own)) {
            words.add(word);
          }
        });
    if (service(own).filter(own::equals).isPresent()) {
      words.add(own);
    }
    return words;
  }

  /** The service's words that are configured or documented. */
  Set<String> knownServices() {
    Set<String> known = new TreeSet<>(DOCUMENTED_SERVICES);
    known.addAll(services.values());
    return known;
  }
}
