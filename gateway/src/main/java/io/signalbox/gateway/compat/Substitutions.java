package io.signalbox.gateway.compat;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts values into texts, as providers' simple templates do. All that one request asks for is
 * bounded: much can be made of little. Used on one thread.
 */
public final class Substitutions {
  private static final long MOST_WRITTEN = 32 << 20;
  private static final long MOST_READ = 256 << 20;

  private long written;
  private long read;

  /**
   * A text with values.
   *
   * @param values by what stands for them in the text; put in one after the other
   * @return null if there is no text
   * @throws RefusedException 413 if the request asks for too much
   */
  public @Nullable String put(@Nullable String text, Map<String, String> values) {
    String result = text;
    if (result != null) {
      for (Map.Entry<String, String> each : values.entrySet()) {
        if (!each.getKey().isEmpty()) {
          result = put(result, each.getKey(), each.getValue());
        }
      }
    }
    return result;
  }

  private String put(String text, String key, String value) {
    read += text.length();
    check();
    int at = text.indexOf(key);
    if (at < 0) {
      return text;
    }
    written += text.length();
    StringBuilder result = new StringBuilder();
    int start = 0;
    for (; at >= 0; at = text.indexOf(key, start)) {
      written += value.length();
      check();
      result.append(text, start, at).append(value);
      start = at + key.length();
    }
    return result.append(text, start, text.length()).toString();
  }

  private void check() {
    if (written > MOST_WRITTEN || read > MOST_READ) {
      throw new RefusedException(
          new Refusal(413, "the values that are to be put into the texts make too much of them"));
    }
  }
}
