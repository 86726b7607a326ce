package io.signalbox.provider.fivesim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * 5sim's names of countries and services, which are words of its own. Countries without a name here
 * are not asked for: nobody can guess it. A service without one is asked for by the caller's word.
 */
final class Names {
  static final Pattern NAME = Pattern.compile("[a-z0-9]{1,60}");

  private static final Map<String, String> COUNTRIES =
      Map.of(
          "gb", "england",
          "id", "indonesia",
          "kz", "kazakhstan",
          "ru", "russia",
          "ua", "ukraine",
          "us", "usa");

  private static final Map<String, String> SERVICES =
      Map.of(
          "fb", "facebook",
          "go", "google",
          "ot", "other",
          "tg", "telegram",
          "vk", "vkontakte",
          "wa", "whatsapp");

  private final Map<String, String> countries;
  private final Map<String, String> services;

  /** The usual names, and some that are added or replaced. */
  Names(Map<String, String> moreCountries, Map<String, String> moreServices) {
    this.countries = merged(COUNTRIES, moreCountries);
    this.services = merged(SERVICES, moreServices);
  }

  /** Whether a word can stand in a URL of 5sim. */
  static boolean isName(String word) {
    return NAME.matcher(word).matches();
  }

  /** 5sim's name of a country; empty if it has none here. */
  Optional<String> country(String iso) {
    return Optional.ofNullable(countries.get(iso));
  }

  /** The ISO codes of the countries that have a name, in their order. */
  List<String> countries() {
    return List.copyOf(countries.keySet());
  }

  /** 5sim's name of a service; empty if the caller's word cannot be one. */
  Optional<String> service(String word) {
    String name = services.getOrDefault(word, word);
    return isName(name) ? Optional.of(name) : Optional.empty();
  }

  /**
   * The words by which callers may ask for a service: those that are set, and 5sim's own, unless
   * that is the word of another service.
   */
  List<String> words(String name) {
    List<String> words = new ArrayList<>();
    services.forEach(
        (word, meant) -> {
          if (meant.equals(name)) {
            words.add(word);
          }
        });
    if (!services.containsKey(name)) {
      words.add(name);
    }
    return words;
  }

  private static Map<String, String> merged(Map<String, String> usual, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(usual);
    all.putAll(more);
    return new TreeMap<>(all);
  }
}
