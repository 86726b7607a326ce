package io.signalbox.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a message says.
 *
 * @param title subject of a mail, headline elsewhere; null where the application gave none
 * @param message plain text; null only if {@code html} is there
 * @param html body of a mail as HTML; null where the application gave none
 */
public record Content(@Nullable String title, @Nullable String message, @Nullable String html) {

  /**
   * Checks that there is something to send.
   *
   * @param title {@link #title()}
   * @param message {@link #message()}
   * @param html {@link #html()}
   */
  public Content {
    if (message == null && html == null) {
      throw new IllegalArgumentException("content needs a message or html");
    }
  }

  /**
   * {@return the text for channels without a headline: title and message, separated by a line
   * break; or whichever of the two exists, or the HTML source as a last resort}
   */
  public String plainText() {
    if (message == null) {
      return title == null ? String.valueOf(html) : title;
    }
    return title == null ? message : title + "\n" + message;
  }

  @Override
  public String toString() {
    return "Content[masked]";
  }
}
