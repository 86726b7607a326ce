package io.signalbox.gateway.ranking;

import io.signalbox.scoring.DeliverySnapshot;
import io.signalbox.scoring.HealthSnapshot;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.scoring.Ranking;
import io.signalbox.scoring.ScorePart;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** The JSON form in which the timeline shows a ranking. */
public final class RankingJson {
  private RankingJson() {}

  static String write(Ranking ranking) {
    JsonArray candidates = new JsonArray();
    for (RankedCandidate candidate : ranking.candidates()) {
      candidates.add(write(candidate));
    }
    return new JsonObject()
        .put("at_ms", ranking.atMillis())
        .put("policy", ranking.policy())
        .put("strategy", ranking.strategy().name().toLowerCase(Locale.ROOT))
        .put("preferred", ranking.preferred())
        .put("candidates", candidates)
        .encode();
  }

  /** One candidate with its score and the inputs of the score. */
  public static JsonObject write(RankedCandidate candidate) {
    JsonArray parts = new JsonArray();
    for (ScorePart part : candidate.parts()) {
      parts.add(
          new JsonObject()
              .put("name", part.name())
              .put("value", rounded(part.value()))
              .put("weight", rounded(part.weight()))
              .put("points", rounded(part.points())));
    }
    HealthSnapshot health = candidate.health();
    return new JsonObject()
        .put("provider", candidate.provider())
        .put("score", rounded(candidate.score()))
        .put("status", candidate.status().name().toLowerCase(Locale.ROOT))
        .put("traffic_share", rounded(candidate.share()))
        .put("priority", candidate.priorityRank())
        .put("attempts", health.attempts())
        .put("success_rate", rounded(health.successRate()))
        .put("average_response_ms", rounded(health.averageResponseMillis()))
        .put("delivery", write(health.delivery()))
        .put("inputs", parts);
  }

  private static JsonObject write(DeliverySnapshot delivery) {
    JsonObject json = new JsonObject().put("judged", delivery.judged());
    return delivery.lateAfterMillis() == 0
        ? json
        : json.put("delivered_share", rounded(delivery.share()))
            .put("median_ms", delivery.medianMillis())
            .put("late_after_ms", delivery.lateAfterMillis());
  }

  private static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
