package io.signalbox.scoring;

/** What one attempt says about the provider that made it, as health windows and breakers see it. */
public enum AttemptResult {
  /** The provider took the message ({@code sent}). */
  SUCCESS,
  /**
   * The provider or the way to it failed ({@code transient}, {@code unknown}, {@code
   * provider_fault}).
   */
  FAILURE,
  /**
   * The attempt says nothing about the provider's health ({@code throttled}: it works but is busy;
   * {@code rejected}: this recipient or content is refused). Counts neither way.
   */
  NEUTRAL
}
