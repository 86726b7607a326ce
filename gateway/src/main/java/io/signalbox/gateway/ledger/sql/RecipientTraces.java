package io.signalbox.gateway.ledger.sql;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds a recipient in texts of others, and takes it out: as it is, as in URLs and forms, as in
 * JSON, a number without its +; not as a part of a longer address or number.
 */
final class RecipientTraces {
  /** What an address may go on with to the left, as it is written in a URL: %2B, %41 and so on. */
  private static final String ENCODED_PART = "%(?:2[bde5]|5f|3\\d|[46][1-9a-f]|[57][0-9a])";

  private static final String LEFT =
      "(?:(?<![\\w.%+-])"
          // Behind something that is written with letters or digits itself.
          + "|(?<=%[0-9a-f]{2})(?<!"
          + ENCODED_PART
          + ")"
          + "|(?<=(?<!\\\\)\\\\[nrtbf])"
          + "|(?<=\\\\u00[0-3][0-9a-f])(?<!\\\\u00(?:2[bde5]|3\\d)))";

  /** A + before something of a form is a space: one of its own would be %2B. */
  private static final String LEFT_IN_FORM = "(?:" + LEFT + "|(?<=\\+))";

  private static final String RIGHT = "(?![\\w-]|\\.\\w)";

  private final String address;
  private final String blot;
  private final Pattern pattern;

  /**
   * Looks for an address.
   *
   * @param address in the form of {@link io.signalbox.gateway.ledger.Addressee#normal}
   * @param order the number of the order to forget it, which takes its place: ids that differ in
   *     the recipient alone go on to differ
   */
  RecipientTraces(String address, long order) {
    this.address = address;
    this.blot = "[erased " + order + "]";
    boolean number = address.startsWith("+");
    String rest = number ? address.substring(1) : address;
    String plus = "(?:\\+|%2b|\\\\u002b)?";
    this.pattern =
        Pattern.compile(
            LEFT
                + plus
                + written(rest, false)
                + RIGHT
                + (rest.contains("@") ? "|" + LEFT_IN_FORM + written(rest, true) + RIGHT : ""),
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /**
   * The ways to write an address.
   *
   * @param form whether its @ is written as in forms, and in no other way
   */
  private static String written(String address, boolean form) {
    StringBuilder regex = new StringBuilder();
    address
        .codePoints()
        .forEach(
            point -> {
              String text = Character.toString(point);
              if (Character.isLetterOrDigit(point) && point < 128) {
                regex.append(text);
              } else if (form && point == '@') {
                regex.append("%40");
              } else {
                regex
                    .append("(?:")
                    .append(Pattern.quote(text))
                    .append('|')
                    .append(percents(text))
                    .append('|')
                    .append(escapes(text))
                    .append(')');
              }
            });
    return regex.toString();
  }

  private static String percents(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(String.format(Locale.ROOT, "%%%02x", each & 0xff));
    }
    return encoded.toString();
  }

  private static String escapes(String text) {
    StringBuilder encoded = new StringBuilder();
    text.chars().forEach(each -> encoded.append(String.format(Locale.ROOT, "\\\\u%04x", each)));
    return encoded.toString();
  }

  /** Whom it looks for. */
  String address() {
    return address;
  }

  /** Whether a text names it. */
  boolean in(String text) {
    return pattern.matcher(text).find();
  }

  /** Whether the text that bytes are names it. */
  boolean in(byte[] bytes) {
    return in(new String(bytes, charset(bytes)));
  }

  /** A text that names it no more. */
  String blot(String text) {
    return pattern.matcher(text).replaceAll(blot);
  }

  /** The same with the bytes of a text; bytes that are none stay as they are. */
  byte[] blot(byte[] bytes) {
    Charset charset = charset(bytes);
    return blot(new String(bytes, charset)).getBytes(charset);
  }

  private static Charset charset(byte[] bytes) {
    byte[] back = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(back, bytes) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
  }

  /** Shows no address. */
  @Override
  public String toString() {
    return "RecipientTraces[masked]";
  }
}
