package io.signalbox.gateway.bus;

import io.signalbox.gateway.preferences.Preferences;

/** The conversation about routing preferences. */
public final class PreferenceMessages {
  private PreferenceMessages() {}

  /** The sealed family of this conversation. */
  public sealed interface PreferenceMessage extends LocalMessage {}

  /** Published at start and after each change. */
  public record InForce(Preferences preferences) implements PreferenceMessage {}

  /** Asks that what is stored be read now; answered with {@link InForce}. */
  public record Reread() implements PreferenceMessage {}
}
