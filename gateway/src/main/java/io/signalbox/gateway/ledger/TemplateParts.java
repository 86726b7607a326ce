package io.signalbox.gateway.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The texts of a template in one language, with tags that data fill.
 *
 * @param title one line: the subject of a mail; null for none
 * @param message plain text; null if there is html
 * @param html for email; null for none
 */
public record TemplateParts(
    @Nullable String title, @Nullable String message, @Nullable String html) {

  /** How many characters they have together. */
  public int length() {
    return length(title) + length(message) + length(html);
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
