package io.signalbox.toolkit;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a provider could not be asked what became of an attempt. The message is one short sentence
 * that holds no secret and no recipient. It has no stack trace: it is an answer, not a bug.
 */
public final class LookUpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What may be shown of a provider's code: a word, which cannot be somebody's address. */
  private static final Pattern SHOWN = Pattern.compile("[a-z_]{1,64}|[0-9]{1,6}");

  /**
   * Fails with this message.
   *
   * @param message one sentence without secrets and recipients
   */
  public LookUpException(String message) {
    super(message, null, false, false);
  }

  /**
   * {@return the failure for an answer that is an error}
   *
   * @param status of the answer
   * @param code the provider's own; null if it has none. Shown if it is a lower-case word or a
   *     short number
   */
  public static LookUpException answered(int status, @Nullable String code) {
    String shown = code != null && SHOWN.matcher(code).matches() ? " " + code : "";
    return new LookUpException("the provider answered " + status + shown);
  }

  /** {@return the failure for an answer that is no error, and not what the documents promise} */
  public static LookUpException unreadable() {
    return new LookUpException("the provider's answer cannot be read");
  }
}
