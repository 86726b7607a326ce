package io.signalbox.gateway.cli.board;

import io.signalbox.gateway.text.SpanText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How figures, times and long sentences are written. Pure functions. */
public final class Words {
  private static final int THOUSAND_DIGITS = 3;
  private static final int TENTHS = 10;

  private Words() {}

  /** How long ago a time of the API was; empty if it is none. */
  static String ago(String time, Instant now) {
    try {
      return SpanText.of(now.toEpochMilli() - Instant.parse(time).toEpochMilli());
    } catch (DateTimeException e) {
      return "";
    }
  }

  /** A whole number, its thousands apart. */
  public static String number(long value) {
    // The JDK's formats take longer to be made ready than most of a short command.
    StringBuilder text = new StringBuilder(Long.toString(value));
    int first = value < 0 ? 1 : 0;
    for (int i = text.length() - THOUSAND_DIGITS; i > first; i -= THOUSAND_DIGITS) {
      text.insert(i, ',');
    }
    return text.toString();
  }

  /** A rate: one digit where it is small. */
  static String rate(double perSecond) {
    return perSecond < 10 ? decimal(perSecond) : number(Math.round(perSecond));
  }

  static String decimal(double value) {
    long tenths = Math.round(Math.abs(value) * TENTHS);
    return (value < 0 && tenths > 0 ? "-" : "") + tenths / TENTHS + '.' + tenths % TENTHS;
  }

  static String percent(double percent) {
    // Nearly all is not all.
    return percent > 99 && percent < 100
        ? decimal(Math.floor(percent * 10) / 10) + " %"
        : Math.round(percent) + " %";
  }

  /** A count with what is counted: {@code 1 provider}, {@code 2 providers}. */
  public static String plural(long count, String one) {
    return number(count) + ' ' + one + (count == 1 ? "" : "s");
  }

  /** A word of the API as people read it. */
  public static String plain(String word) {
    return word.replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  /**
   * A text in lines of at most that width, broken between words; a word that is longer than a line
   * is cut.
   *
   * @param indent spaces before each line
   */
  public static List<String> wrap(String text, int indent, int width) {
    String margin = " ".repeat(indent);
    int room = Math.max(1, width - indent);
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : printable(text).strip().split(" +", -1)) {
      String rest = word;
      if (line.length() > 0 && line.length() + 1 + rest.length() > room) {
        lines.add(margin + line);
        line.setLength(0);
      }
      while (rest.length() > room) {
        lines.add(margin + rest.substring(0, room));
        rest = rest.substring(room);
      }
      line.append(line.length() > 0 ? " " : "").append(rest);
    }
    lines.add(margin + line);
    return lines;
  }

  /** A text that fits into a column: padded, or cut with dots. */
  public static String column(String text, int width) {
    String clean = printable(text);
    return clean.length() <= width
        ? clean + " ".repeat(width - clean.length())
        : clean.substring(0, width - 2) + "..";
  }

  /** The same, at its right edge. */
  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  /** What others wrote may not steer the terminal. */
  public static String printable(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
