package io.signalbox.toolkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Texts in headers of mails (RFC 2047). Vert.x's mail client encodes them by halves of surrogate
 * pairs, which turns each emoji into two question marks, and some APIs take ASCII only.
 */
public final class HeaderText {
  /** Bytes of text in one encoded word: with its frame and a name before it, less than a line. */
  private static final int WORD_BYTES = 36;

  /** Lines should not be longer; an encoded word can be folded, a plain one perhaps not. */
  private static final int LONGEST_PLAIN = 200;

  private HeaderText() {}

  /**
   * {@return free text, such as a subject; long or other than ASCII in encoded words, on lines of
   * its own}
   *
   * @param text without line breaks
   */
  public static String text(String text) {
    boolean plain =
        text.length() <= LONGEST_PLAIN
            && !text.contains("=?")
            && text.chars().allMatch(c -> c >= ' ' && c < 127);
    return plain ? text : words(text);
  }

  /**
   * {@return a name beside an address: quoted, or in encoded words, on lines of its own}
   *
   * @param name without line breaks
   */
  public static String name(String name) {
    boolean plain =
        name.length() <= LONGEST_PLAIN && name.chars().allMatch(c -> c >= ' ' && c < 127);
    return plain ? "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : words(name);
  }

  /**
   * {@return as {@link #name}, on one line, for APIs that make the header}
   *
   * @param name without line breaks
   */
  public static String nameOnOneLine(String name) {
    return name(name).replace("\r\n ", " ");
  }

  private static String words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int bytes = 0;
    for (int codePoint : text.codePoints().toArray()) {
      String character = Character.toString(codePoint);
      int length = character.getBytes(StandardCharsets.UTF_8).length;
      if (bytes + length > WORD_BYTES) {
        words.add(encoded(word.toString()));
        word.setLength(0);
        bytes = 0;
      }
      word.append(character);
      bytes += length;
    }
    words.add(encoded(word.toString()));
    return String.join("\r\n ", words);
  }

  private static String encoded(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
  }
}
