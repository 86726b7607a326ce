package io.signalbox.gateway.ledger;

import io.signalbox.spi.Channel;
import java.util.Map;

/**
 * All stored preferences.
 *
 * @param defaults for all channels
 * @param channels what single channels have of their own
 */
public record StoredPreferences(PreferenceSet defaults, Map<Channel, PreferenceSet> channels) {
  /** Nothing is preferred anywhere. */
  public static final StoredPreferences NONE = new StoredPreferences(PreferenceSet.EMPTY, Map.of());

  /** Copies the map. */
  public StoredPreferences {
    channels = Map.copyOf(channels);
  }

  /** What holds for a channel: its own over the defaults. */
  public PreferenceSet of(Channel channel) {
    return channels.getOrDefault(channel, PreferenceSet.EMPTY).over(defaults);
  }
}
