package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.scoring.HealthSnapshot;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How providers stand: their health, and their scores by channel in the form in which decisions
 * keep them.
 */
final class ScoreJson {
  private static final double PERCENT = 100;
  private static final double HUNDREDTHS = 100;

  /** The candidates of every channel as the rankings describe them, by provider. */
  private final Map<Channel, Map<String, JsonObject>> described = new TreeMap<>();

  private final Map<Channel, ChannelRanking> rankings;

  /** Reads the descriptions of rankings. */
  ScoreJson(Map<Channel, ChannelRanking> rankings) {
    this.rankings = rankings;
    rankings.forEach(
        (channel, ranking) -> {
          Map<String, JsonObject> byProvider = new TreeMap<>();
          for (Object each : new JsonObject(ranking.snapshot().json()).getJsonArray("candidates")) {
            JsonObject candidate = (JsonObject) each;
            byProvider.put(candidate.getString("provider"), candidate);
          }
          described.put(channel, byProvider);
        });
  }

  /** Adds how it stands to a provider's JSON; nothing while it is not ranked. */
  JsonObject add(String provider, JsonObject json) {
    JsonObject scores = new JsonObject();
    described.forEach(
        (channel, byProvider) -> {
          JsonObject candidate = byProvider.get(provider);
          if (candidate != null) {
            scores.put(channel.wireName(), candidate);
          }
        });
    RankedCandidate worst = worst(provider);
    return worst == null
        ? json
        : json.put("status", worst.status().name().toLowerCase(Locale.ROOT))
            .put("health", health(worst.health()))
            .put("scores", scores);
  }

  /** Its places in the rankings, by channel. */
  Map<Channel, RankedCandidate> places(String provider) {
    Map<Channel, RankedCandidate> places = new EnumMap<>(Channel.class);
    rankings.forEach(
        (channel, ranking) -> {
          RankedCandidate candidate = ranking.ranking().find(provider);
          if (candidate != null) {
            places.put(channel, candidate);
          }
        });
    return places;
  }

  /** The worst of its channels: a channel may ask for more than another. */
  private @Nullable RankedCandidate worst(String provider) {
    return places(provider).values().stream()
        .max(Comparator.comparing(RankedCandidate::status))
        .orElse(null);
  }

  private static JsonObject health(HealthSnapshot health) {
    JsonObject json =
        new JsonObject()
            .put("attempts", health.attempts())
            .put("success_rate", rounded(PERCENT * health.successRate()))
            .put("avg_response_time_ms", rounded(health.averageResponseMillis()));
    if (health.lastSuccessAtMillis() != HealthSnapshot.NEVER) {
      json.put("last_success_at", TimelineJson.time(health.lastSuccessAtMillis()));
    }
    if (health.lastFailureAtMillis() != HealthSnapshot.NEVER) {
      json.put("last_failure_at", TimelineJson.time(health.lastFailureAtMillis()));
    }
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * HUNDREDTHS) / HUNDREDTHS;
  }
}
