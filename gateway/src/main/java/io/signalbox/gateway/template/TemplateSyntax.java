package io.signalbox.gateway.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the texts of a template may hold: a part of Mustache that no text can leave. There are
 * variables, sections, inverted sections and comments; there are no partials, blocks, lambdas or
 * other delimiters. Pure.
 */
final class TemplateSyntax {
  /** How deep sections may stand in sections. */
  static final int MOST_DEPTH = 10;

  /** How many tags a text may have. */
  static final int MOST_TAGS = 500;

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_SHOWN = 40;
  private static final Pattern NAME =
      Pattern.compile("\\.|-first|-last|-index|[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*");

  private final String text;
  private final Deque<String> open = new ArrayDeque<>();
  private int tags;

  private TemplateSyntax(String text) {
    this.text = text;
  }

  /** What is wrong with a text, as a sentence part; null if nothing is. */
  static @Nullable String problem(String text) {
    return new TemplateSyntax(text).scan();
  }

  /** How many tags a text has, of which {@link #problem} has nothing to say. */
  static int tags(String text) {
    TemplateSyntax syntax = new TemplateSyntax(text);
    syntax.scan();
    return syntax.tags;
  }

  private @Nullable String scan() {
    int at = text.indexOf("{{");
    while (at >= 0) {
      boolean triple = text.startsWith("{{{", at);
      String close = triple ? "}}}" : "}}";
      int begin = at + close.length();
      int end = text.indexOf(close, begin);
      if (end < 0) {
        return "has a tag without an end: " + shown(text.substring(at));
      }
      String problem = tag(text.substring(begin, end), triple);
      if (problem != null) {
        return problem;
      }
      at = text.indexOf("{{", end + close.length());
    }
    return open.isEmpty() ? null : "has a section without an end: " + shown(open.getFirst());
  }

  private @Nullable String tag(String tag, boolean triple) {
    if (++tags > MOST_TAGS) {
      return "has more than " + MOST_TAGS + " tags";
    }
    if (tag.chars().anyMatch(c -> c == '{' || c == '}' || Character.isISOControl(c))) {
      return "has a tag with braces or control characters: " + shown(tag);
    }
    String inside = tag.strip();
    char sign = inside.isEmpty() || triple ? ' ' : inside.charAt(0);
    return switch (sign) {
      case '!' -> null;
      case '>', '<', '$', '=' ->
          "has a tag of a kind that templates here do not have: " + shown(inside);
      case '#', '^' -> begin(inside.substring(1).strip());
      case '/' -> end(inside.substring(1).strip());
      case '&' -> name(inside.substring(1).strip());
      default -> name(inside);
    };
  }

  private @Nullable String begin(String name) {
    open.push(name);
    return open.size() > MOST_DEPTH ? "has sections deeper than " + MOST_DEPTH : name(name);
  }

  private @Nullable String end(String name) {
    return name.equals(open.poll()) ? null : "has an end of no section: " + shown(name);
  }

  private static @Nullable String name(String name) {
    return name.length() <= LONGEST_NAME && NAME.matcher(name).matches()
        ? null
        : "has a name that is none: " + shown(name);
  }

  private static String shown(String part) {
    String start = part.length() > LONGEST_SHOWN ? part.substring(0, LONGEST_SHOWN) + "..." : part;
    return start.replaceAll("\\p{Cntrl}", " ");
  }
}
