package io.signalbox.scoring;

import org.jspecify.annotations.Nullable;

/**
 * What speaks against a provider right now: its breaker, its limits, or that it was tried already.
 */
@FunctionalInterface
public interface Exclusions {
  /** Excludes nobody. */
  Exclusions NONE = provider -> null;

  /**
   * Returns a short reason such as {@code breaker_open} why the provider must not be chosen, or
   * null.
   */
  @Nullable String reasonAgainst(String provider);
}
