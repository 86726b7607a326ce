package io.signalbox.gateway.template;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses a language as RFC 4647, section 3.4 (lookup) says. Pure. */
final class LocaleLookup {
  private LocaleLookup() {}

  /**
   * The language tag that fits: the wanted one, or the longest there is of its beginnings, else the
   * default.
   *
   * @param wanted null for none
   * @param available among them the default
   */
  static String choose(
      @Nullable String wanted, String defaultLocale, Collection<String> available) {
    Map<String, String> byLowerCase = new HashMap<>();
    available.forEach(tag -> byLowerCase.put(tag.toLowerCase(Locale.ROOT), tag));
    String range = wanted == null ? "" : wanted.toLowerCase(Locale.ROOT);
    while (!range.isEmpty()) {
      String found = byLowerCase.get(range);
      if (found != null) {
        return found;
      }
      range = shorter(range);
    }
    return defaultLocale;
  }

  /** Without the last subtag, and without a single letter that would then be the last. */
  private static String shorter(String range) {
    int cut = range.lastIndexOf('-');
    if (cut < 0) {
      return "";
    }
    return cut >= 2 && range.charAt(cut - 2) == '-'
        ? range.substring(0, cut - 2)
        : range.substring(0, cut);
  }
}
