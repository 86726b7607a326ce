package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.degradation.ChannelFacts;
import io.signalbox.gateway.degradation.DegradationStatus;
import io.signalbox.gateway.degradation.DegradationStatus.ChannelStatus;
import io.signalbox.gateway.degradation.Notice;
import io.signalbox.gateway.health.Health;
import io.signalbox.gateway.ledger.Node;
import io.signalbox.gateway.ledger.Nodes;
import io.signalbox.gateway.ledger.ReasonsJson;
import io.signalbox.gateway.model.DegradationReason;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The JSON form of how much works, and why not all of it. */
final class PipelineHealthJson {
  private static final double RATE_DIGITS = 10_000;

  private PipelineHealthJson() {}

  static JsonObject write(ApiServices services) {
    DegradationStatus status = services.degradation().status();
    Health.Report report = services.health().overall();
    JsonObject channels = new JsonObject();
    for (Channel channel : Channel.values()) {
      ChannelStatus its = status.channels().get(channel);
      if (its != null) {
        channels.put(channel.wireName(), channel(services, channel, its));
      }
    }
    JsonObject answer =
        new JsonObject()
            .put("pipeline_status", report.well() ? "running" : "impaired")
            .put("degradation_mode", status.mode().name())
            .put("since", TimelineJson.time(status.sinceMillis()))
            .put("reasons", reasons(status.reasons()))
            .put(
                "workers_active",
                services.providers().all().stream().filter(ProviderState::isUsable).count())
            .put("channels", channels)
            .put("waiting", report.json().getLong("waiting"))
            .put("oldest_due_ms", report.json().getLong("oldest_due_ms"))
            .put("lanes", report.json().getJsonArray("lanes"))
            .put("consumption", services.monitor().consumption().json(services.clock().millis()));
    putNodes(answer, services.reports().nodes());
    return answer;
  }

  /** As the ledger stores them, with a sentence for people. */
  private static JsonArray reasons(List<DegradationReason> reasons) {
    JsonArray list = ReasonsJson.write(reasons);
    for (int i = 0; i < reasons.size(); i++) {
      list.getJsonObject(i).put("text", reasons.get(i).text());
    }
    return list;
  }

  private static void putNodes(JsonObject answer, Nodes nodes) {
    if (nodes.share().alone()) {
      return;
    }
    JsonArray living = new JsonArray();
    for (Node node : nodes.living()) {
      living.add(
          new JsonObject()
              .put("node", node.number())
              .put("name", node.name())
              .put("started_at", TimelineJson.time(node.startedAtMillis())));
    }
    answer.put("node", nodes.share().node()).put("nodes", living);
  }

  private static JsonObject channel(ApiServices services, Channel channel, ChannelStatus status) {
    ChannelFacts facts = status.facts();
    JsonObject json =
        new JsonObject()
            .put("degradation_mode", status.mode().name())
            .put("since", TimelineJson.time(status.sinceMillis()))
            .put("reasons", reasons(status.reasons()))
            .put("providers_configured", facts.configuredProviders())
            .put("providers_usable", facts.usableProviders())
            .put("attempts_last_minute", facts.attempts())
            .put("success_rate", rounded(facts.successRate()))
            .put("fallback_share", rounded(facts.fallbackShare()))
            .put("oldest_due_ms", facts.oldestDueMillis());
    Notice notice = services.degradation().notice(channel);
    if (notice != null) {
      json.put("notice", notice.text());
    }
    return json;
  }

  private static double rounded(double value) {
    return Math.round(value * RATE_DIGITS) / RATE_DIGITS;
  }
}
