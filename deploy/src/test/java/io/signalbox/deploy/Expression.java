package io.signalbox.deploy;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be said of an expression of Prometheus by its words. */
record Expression(String text) {
  /** A word that is neither called as a function nor part of a number. */
  private static final Pattern NAME = Pattern.compile("(?<![\\w.])([a-zA-Z_:][\\w:]*+)(?!\\s*\\()");

  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf");

  /** The names of the metrics in it. */
  Set<String> metrics() {
    String bare =
        text.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'", "")
            .replaceAll("\\{[^}]*\\}|\\[[^]]*\\]", "")
            .replaceAll("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)", "");
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(bare);
    while (name.find()) {
      if (!WORDS.contains(name.group(1))) {
        names.add(name.group(1));
      }
    }
    return names;
  }
}
