package io.signalbox.simulator.telegram;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads text with {@code parse_mode=HTML}: a few tags, properly nested, and escaped characters. */
final class HtmlText {
  private static final Set<String> TAGS =
      Set.of(
          "b",
          "strong",
          "i",
          "em",
          "u",
          "ins",
          "s",
          "strike",
          "del",
          "span",
          "tg-spoiler",
          "a",
          "tg-emoji",
          "code",
          "pre",
          "blockquote");

  private HtmlText() {}

  /** The length without markup, or nothing if the markup is broken. */
  static Optional<Integer> visibleLength(String html) {
    Deque<String> open = new ArrayDeque<>();
    int visible = 0;
    int i = 0;
    while (i < html.length()) {
      char c = html.charAt(i);
      if (c == '<') {
        int end = html.indexOf('>', i);
        if (end < 0 || !tag(html.substring(i + 1, end), open)) {
          return Optional.empty();
        }
        i = end + 1;
      } else {
        int end = c == '&' ? html.indexOf(';', i) : -1;
        visible++;
        i = end > 0 && end - i <= 8 ? end + 1 : i + 1;
      }
    }
    return open.isEmpty() ? Optional.of(visible) : Optional.empty();
  }

  private static boolean tag(String inside, Deque<String> open) {
    boolean closing = inside.startsWith("/");
    String name = closing ? inside.substring(1) : inside;
    int space = name.indexOf(' ');
    String bare = (space < 0 ? name : name.substring(0, space)).toLowerCase(Locale.ROOT).trim();
    if (!TAGS.contains(bare)) {
      return false;
    }
    if (closing) {
      return bare.equals(open.poll());
    }
    open.push(bare);
    return true;
  }
}
