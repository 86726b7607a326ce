package io.signalbox.gateway.preferences;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.spi.Channel;
import java.util.EnumMap;
import java.util.Map;

/**
 * The routing preferences in force: what operators stored, over the configuration, for every
 * channel. Immutable; another object takes its place when anything changes.
 */
public final class Preferences {
  private static final String OPERATIONS_POLICY = "adjusted";

  private final StoredPreferences stored;
  private final Map<Channel, ChannelPreferences> channels = new EnumMap<>(Channel.class);

  private Preferences(StoredPreferences stored) {
    this.stored = stored;
  }

  /** Works out what is stored, over the configuration. */
  public static Preferences of(
      StoredPreferences stored, GatewayConfig.Scoring scoring, GatewayConfig.Dispatch dispatch) {
    Preferences preferences = new Preferences(stored);
    for (Channel channel : Channel.values()) {
      preferences.channels.put(
          channel,
          ChannelPreferences.of(stored.of(channel), policy(channel, scoring), scoring, dispatch));
    }
    return preferences;
  }

  /** Operations depend on stock and freshness more than on ranks. */
  private static String policy(Channel channel, GatewayConfig.Scoring scoring) {
    return channel.carriesMessages() ? scoring.policy() : OPERATIONS_POLICY;
  }

  /** What it was made of. */
  public StoredPreferences stored() {
    return stored;
  }

  /** What holds for a channel; costs a look-up in an array. */
  public ChannelPreferences of(Channel channel) {
    ChannelPreferences found = channels.get(channel);
    if (found == null) {
      throw new IllegalStateException("every channel has preferences: " + channel);
    }
    return found;
  }
}
