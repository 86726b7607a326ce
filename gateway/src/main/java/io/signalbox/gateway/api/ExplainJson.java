package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.ExplainMessages.Explained;
import io.signalbox.gateway.bus.ExplainMessages.ExplainedCandidate;
import io.signalbox.gateway.bus.ExplainMessages.ExplainedChannel;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.health.WorkSample;
import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.ranking.RankingJson;
import io.signalbox.scoring.Ranking;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** The JSON form of what would happen to a notification. */
final class ExplainJson {
  private ExplainJson() {}

  static JsonObject write(
      SendNotification notification,
      EffectivePolicy policy,
      Explained explained,
      WorkSample work,
      long nowMillis) {
    Instant sendAt = notification.sendAt();
    boolean later = sendAt != null && sendAt.toEpochMilli() > nowMillis;
    JsonObject json =
        new JsonObject()
            .put("at", TimelineJson.time(nowMillis))
            .put("what", later ? "scheduled" : explained.what());
    Channel chosenChannel = explained.chosenChannel();
    if (chosenChannel != null) {
      json.put("chosen", explained.chosen()).put("chosen_channel", chosenChannel.wireName());
    }
    JsonArray channels = new JsonArray();
    explained.channels().forEach(channel -> channels.add(channel(channel)));
    return json.put("lane", lane(notification, work, nowMillis))
        .put(
            "policy",
            new JsonObject().put("name", policy.name()).put("values", PolicyJson.values(policy)))
        .put("channels", channels);
  }

  private static JsonObject lane(SendNotification notification, WorkSample work, long nowMillis) {
    long due = 0;
    long oldest = 0;
    for (Backlog backlog : work.lanes()) {
      if (backlog.lane().channel() == notification.channel()
          && backlog.lane().priority() == notification.priority()) {
        due += backlog.due();
        if (backlog.due() > 0) {
          oldest = Math.max(oldest, nowMillis - backlog.oldestDueAtMillis());
        }
      }
    }
    return new JsonObject()
        .put("channel", notification.channel().wireName())
        .put("priority", notification.priority().wireName())
        .put("due", due)
        .put("oldest_ms", oldest);
  }

  private static JsonObject channel(ExplainedChannel channel) {
    JsonObject json = new JsonObject().put("channel", channel.channel().wireName());
    SuppressionReason suppressed = channel.suppressed();
    if (suppressed != null) {
      json.put("suppressed", suppressed.wireName());
    }
    Ranking ranking = channel.ranking();
    if (ranking != null) {
      json.put("ranked_at", TimelineJson.time(ranking.atMillis()))
          .put("score_policy", ranking.policy());
    }
    JsonArray candidates = new JsonArray();
    channel.candidates().forEach(candidate -> candidates.add(candidate(candidate)));
    JsonArray then = new JsonArray();
    channel.then().forEach(then::add);
    json.put("candidates", candidates).put("rule", channel.rule());
    if (channel.chosen() != null) {
      json.put("chosen", channel.chosen());
    }
    return json.put("then", then);
  }

  private static JsonObject candidate(ExplainedCandidate candidate) {
    JsonObject json = RankingJson.write(candidate.ranked());
    BreakerView breaker = candidate.breaker();
    if (breaker != null) {
      json.put("breaker", ProviderJson.breaker(breaker));
    }
    json.put("in_flight", candidate.inFlight()).put("limit", candidate.limit());
    if (candidate.reasonAgainst() != null) {
      json.put("reason_against", candidate.reasonAgainst());
    }
    return json;
  }
}
