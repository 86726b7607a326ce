package io.signalbox.gateway.callback;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt at an endpoint ended. */
sealed interface CallbackAnswer {

  /** The HTTP status; 0 if there was no answer. */
  int status();

  /** What went wrong, a short lower-case word; null if nothing did. */
  @Nullable String error();

  /** Whether the endpoint took the event. */
  default boolean isSuccess() {
    return error() == null;
  }

  /**
   * The endpoint answered.
   *
   * @param retryAfter how long it asks to be left alone; zero if it does not
   */
  record Answered(int status, Duration retryAfter) implements CallbackAnswer {
    @Override
    public @Nullable String error() {
      if (status >= 200 && status < 300) {
        return null;
      }
      return status >= 300 && status < 400 ? "redirected" : "refused";
    }
  }

  /** Nothing was sent, because there is nothing to tell in the endpoint's words. */
  record Unsent() implements CallbackAnswer {
    @Override
    public int status() {
      return 0;
    }

    @Override
    public @Nullable String error() {
      return null;
    }
  }

  /** No answer came. */
  record Unanswered(String error) implements CallbackAnswer {
    @Override
    public int status() {
      return 0;
    }
  }
}
