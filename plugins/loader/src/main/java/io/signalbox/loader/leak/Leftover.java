package io.signalbox.loader.leak;

import org.jspecify.annotations.Nullable;

/**
 * Something of a plugin that is still there outside of it.
 *
 * @param text what it is, for people; of a form that follows "held by"
 * @param removal how it is removed; null if it cannot be
 * @param done what was done then, in a word
 */
record Leftover(String text, @Nullable Removal removal, String done) {

  Leftover(String text, Removal removal) {
    this(text, removal, "removed");
  }

  /** An action that may fail in any way. */
  @FunctionalInterface
  interface Removal {
    void run() throws Exception;
  }

  /** One that can only be told. */
  static Leftover told(String text) {
    return new Leftover(text, null, "");
  }
}
