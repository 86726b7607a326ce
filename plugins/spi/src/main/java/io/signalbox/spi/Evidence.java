package io.signalbox.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why an outcome is what it is: what a person sees in the timeline.
 *
 * @param progress how far the request got
 * @param httpStatus status of the answer; 0 if there was none or the wire is not HTTP
 * @param code the provider's own code, or one of ours such as {@code timeout} or {@code
 *     connection_refused}; null if there is none
 * @param message the provider's own text or ours, cut to 500 characters; holds no secret
 */
public record Evidence(
    Progress progress, int httpStatus, @Nullable String code, @Nullable String message) {

  private static final int MAX_MESSAGE_CHARACTERS = 500;

  /**
   * Checks the progress and cuts an overlong message.
   *
   * @param progress {@link #progress()}
   * @param httpStatus {@link #httpStatus()}
   * @param code {@link #code()}
   * @param message {@link #message()}
   */
  public Evidence {
    Objects.requireNonNull(progress, "progress");
    if (message != null && message.length() > MAX_MESSAGE_CHARACTERS) {
      message = message.substring(0, MAX_MESSAGE_CHARACTERS);
    }
  }

  /**
   * {@return evidence of an answer that was read whole}
   *
   * @param httpStatus status of the answer
   * @param code the provider's own code or one of ours; null if there is none
   * @param message the provider's own text or ours; null if there is none
   */
  public static Evidence answered(int httpStatus, @Nullable String code, @Nullable String message) {
    return new Evidence(Progress.ANSWERED, httpStatus, code, message);
  }

  /**
   * {@return evidence of a request that got no whole answer}
   *
   * @param progress how far the request got
   * @param code the provider's own code or one of ours; null if there is none
   * @param message the provider's own text or ours; null if there is none
   */
  public static Evidence unanswered(Progress progress, String code, @Nullable String message) {
    return new Evidence(progress, 0, code, message);
  }
}
