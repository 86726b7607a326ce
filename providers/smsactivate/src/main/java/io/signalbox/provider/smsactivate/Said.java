package io.signalbox.provider.smsactivate;

import io.signalbox.toolkit.HttpAnswer.Answered;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer in plain text: a word, mostly, and what follows its first colon. Status 200 says
 * nothing: errors come with it as well, and with other statuses at some services.
 *
 * @param word empty if the answer is no such text
 * @param argument behind the colon; null if there is none
 */
record Said(String word, @Nullable String argument) {
  /** A code may be a whole message, which follows the colon. */
  private static final int LONGEST_BYTES = 4_096;

  static Said of(Answered answer) {
    int length = answer.body().length();
    if (length == 0 || length > LONGEST_BYTES) {
      return new Said("", null);
    }
    String text = answer.body().toString(StandardCharsets.UTF_8).strip();
    int colon = text.indexOf(':');
    return colon < 0
        ? new Said(text, null)
        : new Said(text.substring(0, colon).strip(), text.substring(colon + 1).strip());
  }

  boolean is(String expected) {
    return word.equals(expected);
  }

  /** What follows the colon; null if that is nothing. */
  @Nullable String filledArgument() {
    return argument == null || argument.isEmpty() ? null : argument;
  }

  /** Without the argument, which may be a code or a number. */
  @Override
  public String toString() {
    return "Said[" + word.length() + " characters]";
  }
}
