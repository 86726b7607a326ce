package io.signalbox.toolkit;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts as they travel. */
public final class Utf8 {
  private Utf8() {}

  /**
   * {@return how many bytes a text takes; 0 for none}
   *
   * @param text null counts as empty
   */
  public static long bytes(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }
}
