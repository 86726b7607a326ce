package io.signalbox.gateway.compat;

import io.signalbox.gateway.notification.ChannelAddress;
import io.signalbox.spi.Channel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mail address as it stands in a header: {@code alex@example.com}, {@code Alex
 * <alex@example.com>}, {@code "Alex, Sales" <alex@example.com>}; also in quotes alone, as the Java
 * SDK of Postmark writes each of several.
 *
 * @param name null for none
 * @param address without brackets; whether it is one {@link #problem} says
 */
public record MailAddress(@Nullable String name, String address) {
  /** So many addresses for answers are read; of different ones, notifications have fewer. */
  public static final int MOST_ANSWERS = 50;

  /** What ends a name, or an address of several, outside quotes. */
  private static final Pattern SPECIAL = Pattern.compile("[,;<>\"\\\\]");

  /** Reads one; what is no address at all is told by {@link #problem}. */
  public static MailAddress parse(String text) {
    String trimmed = text.trim();
    int open = trimmed.lastIndexOf('<');
    if (open < 0 || !trimmed.endsWith(">")) {
      return new MailAddress(null, unquoted(trimmed));
    }
    String address = trimmed.substring(open + 1, trimmed.length() - 1).trim();
    String name = unquoted(trimmed.substring(0, open).trim());
    return new MailAddress(name.isEmpty() ? null : name, address);
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1").trim() : text;
  }

  /**
   * Reads several that have commas between them; those in quotes and brackets are none.
   *
   * @param most after one more than that the rest is not read
   */
  public static List<MailAddress> parseList(String text, int most) {
    List<MailAddress> all = new ArrayList<>();
    boolean quoted = false;
    boolean bracketed = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '<' || c == '>')) {
        bracketed = c == '<';
      } else if (c == ',' && !quoted && !bracketed) {
        all.add(parse(text.substring(start, i)));
        if (all.size() > most) {
          return all;
        }
        start = i + 1;
      }
    }
    all.add(parse(text.substring(start)));
    return all;
  }

  /**
   * Reads several that have commas between them, each of which must be one.
   *
   * @param most more of them are a mistake, after which the rest is not read
   */
  public static List<MailAddress> parseList(
      @Nullable String text, String field, int most, Mistakes mistakes) {
    List<MailAddress> all = text == null || text.isBlank() ? List.of() : parseList(text, most);
    if (all.size() > most) {
      mistakes.add(field, "must have at most " + most + " entries");
    }
    for (MailAddress each : all) {
      String wrong = each.problem();
      if (wrong != null) {
        mistakes.add(field, wrong);
      }
    }
    return all;
  }

  /** Each address once, whatever its case, as it stands there first. */
  public static List<MailAddress> distinct(List<MailAddress> all) {
    Map<String, MailAddress> first = new LinkedHashMap<>();
    all.forEach(each -> first.putIfAbsent(each.address().toLowerCase(Locale.ROOT), each));
    return List.copyOf(first.values());
  }

  /** What would be right, as a sentence part; null if all is well. */
  public @Nullable String problem() {
    String wrong = ChannelAddress.problem(Channel.EMAIL, address);
    if (wrong != null) {
      return wrong;
    }
    boolean line = name == null || name.chars().noneMatch(Character::isISOControl);
    return line ? null : "must have a name of one line";
  }

  /** As in a header: {@link #parseList} reads it as one. */
  public String text() {
    return name == null ? address : quoted(name) + " <" + address + ">";
  }

  private static String quoted(String name) {
    return SPECIAL.matcher(name).find()
        ? '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
        : name;
  }
}
