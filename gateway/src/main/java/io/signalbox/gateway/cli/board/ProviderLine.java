package io.signalbox.gateway.cli.board;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How one provider is.
 *
 * @param id which
 * @param level how it stands
 * @param score the best of its channels, 0 to 100; empty while it is not ranked
 * @param breaker the state of its breaker
 * @param successPercent of the last attempts; empty if there were none
 * @param averageMillis how long an attempt takes
 * @param inFlight attempts under way
 * @param limit how many may be
 * @param trafficPercent the most that it has of a channel's traffic
 * @param why in sentences, the most important first
 * @param next what is done next; empty if nothing has to be
 */
public record ProviderLine(
    String id,
    Level level,
    OptionalDouble score,
    String breaker,
    OptionalDouble successPercent,
    double averageMillis,
    long inFlight,
    long limit,
    double trafficPercent,
    List<String> why,
    String next) {
  private static final double PERCENT = 100;
  private static final int MOST_REASONS = 2;

  /** Copies the list. */
  public ProviderLine {
    why = List.copyOf(why);
  }

  static ProviderLine of(JsonObject provider, JsonObject live) {
    JsonObject health = provider.getJsonObject("health", new JsonObject());
    JsonObject limits = provider.getJsonObject("limits", new JsonObject());
    OptionalDouble score = OptionalDouble.empty();
    double traffic = 0;
    JsonObject scores = provider.getJsonObject("scores", new JsonObject());
    for (String channel : scores.fieldNames()) {
      JsonObject its = scores.getJsonObject(channel);
      score = OptionalDouble.of(Math.max(score.orElse(0), its.getDouble("score", 0.0)));
      traffic = Math.max(traffic, its.getDouble("traffic_share", 0.0));
    }
    boolean tried = health.getLong("attempts", 0L) > 0;
    return new ProviderLine(
        provider.getString("id"),
        Level.of(provider.getString("lamp", "")),
        score,
        provider.getJsonObject("breaker", new JsonObject()).getString("state", ""),
        tried ? OptionalDouble.of(health.getDouble("success_rate", 0.0)) : OptionalDouble.empty(),
        health.getDouble("avg_response_time_ms", 0.0),
        live.getLong("in_flight", 0L),
        limits.getLong("concurrency", limits.getLong("max_concurrent", 0L)),
        PERCENT * traffic,
        provider.getJsonArray("why", new JsonArray()).stream().map(String::valueOf).toList(),
        provider.getString("next", ""));
  }

  /** It, and the first reasons why: for one line. */
  public String summary() {
    List<String> first = why.subList(0, Math.min(MOST_REASONS, why.size()));
    return first.isEmpty() ? id : id + ": " + String.join("; ", first);
  }
}
