package io.signalbox.gateway.shared;

import org.jspecify.annotations.Nullable;

/** Numbers as they stand in Redis, where another version might have written something else. */
final class WireNumber {
  private WireNumber() {}

  /** The number; -1 if it is none. */
  static long of(@Nullable Object text) {
    try {
      return text == null ? -1 : Long.parseLong(text.toString());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
