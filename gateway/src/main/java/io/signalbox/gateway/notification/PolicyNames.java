package io.signalbox.gateway.notification;

import org.jspecify.annotations.Nullable;

/** Knows which routing policies a new notification may name. Thread-safe. */
@FunctionalInterface
public interface PolicyNames {

  /**
   * What is wrong with a name, as a sentence part that lists the right ones; null if nothing is.
   */
  @Nullable String wrongName(String name);
}
