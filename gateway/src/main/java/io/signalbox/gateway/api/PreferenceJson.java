package io.signalbox.gateway.api;

import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.preferences.ChannelPreferences;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.scoring.ScoreParameters;
import io.signalbox.scoring.ScoreWeights;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** The JSON form of preferences: what is stored, and what follows for each channel. */
final class PreferenceJson {
  private static final double PERCENT = 100;
  private static final double PRECISION = 1e6;

  private PreferenceJson() {}

  static JsonObject write(Preferences preferences) {
    JsonObject effective = new JsonObject();
    for (Channel channel : Channel.values()) {
      effective.put(channel.wireName(), effective(preferences.of(channel)));
    }
    return stored(preferences.stored()).put("effective", effective);
  }

  /** What can be changed. */
  static JsonObject stored(StoredPreferences stored) {
    JsonObject json = new JsonObject();
    for (PreferenceKey key : PreferenceKey.values()) {
      json.put(key.wireName(), stored.defaults().get(key));
    }
    JsonObject channels = new JsonObject();
    for (Channel channel : Channel.values()) {
      PreferenceSet own = stored.channels().getOrDefault(channel, PreferenceSet.EMPTY);
      if (!own.isEmpty()) {
        channels.put(channel.wireName(), own(own));
      }
    }
    return json.put("channels", channels);
  }

  private static JsonObject own(PreferenceSet set) {
    JsonObject json = new JsonObject();
    for (PreferenceKey key : PreferenceKey.values()) {
      Object value = set.get(key);
      if (value != null) {
        json.put(key.wireName(), value);
      }
    }
    return json;
  }

  private static JsonObject effective(ChannelPreferences channel) {
    ScoreParameters parameters = channel.parameters();
    ScoreWeights weights = parameters.weights();
    return new JsonObject()
        .put(PreferenceKey.PREFERRED_PROVIDER.wireName(), channel.preferredProvider())
        .put(PreferenceKey.FALLBACK_ENABLED.wireName(), channel.fallbackEnabled())
        .put(PreferenceKey.RETRY_ATTEMPTS.wireName(), channel.maxRounds() - 1)
        .put(PreferenceKey.RETRY_DELAY_MS.wireName(), channel.retryBaseMillis())
        .put(PreferenceKey.MIN_SUCCESS_RATE.wireName(), percent(parameters.minSuccessRate()))
        .put(PreferenceKey.MAX_RESPONSE_TIME_MS.wireName(), parameters.maxResponseTimeMillis())
        .put(PreferenceKey.POLICY.wireName(), channel.policy().name())
        .put(PreferenceKey.STRATEGY.wireName(), channel.strategy().name().toLowerCase(Locale.ROOT))
        .put(PreferenceKey.HEALTH_WEIGHT.wireName(), percent(weights.health()))
        .put(PreferenceKey.PRIORITY_WEIGHT.wireName(), percent(weights.priority()))
        .put(PreferenceKey.RESPONSE_WEIGHT.wireName(), percent(weights.response()))
        .put(PreferenceKey.LOAD_WEIGHT.wireName(), percent(weights.load()))
        .put(
            PreferenceKey.HEALTH_SUCCESS_SHARE.wireName(),
            percent(parameters.healthSuccessShare()));
  }

  private static double percent(double share) {
    return Math.round(share * PERCENT * PRECISION) / PRECISION;
  }
}
