package io.signalbox.gateway.ranking;

import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.spi.Channel;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds preferred providers that nobody has. The API refuses them; with SQL anything can be stored,
 * and a provider may go while it is preferred. Thread-confined.
 */
final class UnknownPreferences {
  private Set<String> known = Set.of();

  /**
   * Names that are preferred and are no provider's, without those that were found the last time:
   * what is told once need not be told again before it has changed.
   */
  Set<String> find(Preferences preferences, Set<String> providers) {
    Set<String> unknown = new TreeSet<>();
    for (Channel channel : Channel.values()) {
      String preferred = preferences.of(channel).preferredProvider();
      if (preferred != null && !providers.contains(preferred)) {
        unknown.add(preferred);
      }
    }
    Set<String> found = new TreeSet<>(unknown);
    found.removeAll(known);
    known = unknown;
    return found;
  }
}
