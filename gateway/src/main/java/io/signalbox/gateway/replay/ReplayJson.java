package io.signalbox.gateway.replay;

import io.signalbox.scoring.replay.Difference;
import io.signalbox.scoring.replay.Interval;
import io.signalbox.scoring.replay.ReplayReport;
import io.signalbox.scoring.replay.ReplayReport.Coverage;
import io.signalbox.scoring.replay.Side;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** The report of a back-test as JSON. */
public final class ReplayJson {
  private ReplayJson() {}

  /** The whole report, and of how much. */
  public static JsonObject json(ReplayReport report, RecordedPast past, long seed) {
    Coverage coverage = report.coverage();
    Difference difference = report.difference();
    return new JsonObject()
        .put("notifications", past.notifications().size())
        .put("complete", past.complete())
        .put("seed", seed)
        .put("recorded", side(report.recorded(), report.recordedShare()))
        .put("other", side(report.other(), report.otherShare()))
        .put(
            "difference",
            new JsonObject()
                .put("success_share", interval(difference.success()))
                .put("latency_ms", interval(difference.latencyMillis()))
                .put("cost", interval(difference.cost()))
                .put("duplicates", interval(difference.duplicates())))
        .put(
            "coverage",
            new JsonObject()
                .put("decisions", coverage.decisions())
                .put("direct", coverage.direct())
                .put("near", coverage.near())
                .put("far", coverage.far())
                .put("none", coverage.none())
                .put("direct_share", coverage.directShare())
                .put("not_comparable", report.notComparable()));
  }

  private static JsonObject side(Side side, Map<String, Double> shares) {
    JsonObject byProvider = new JsonObject();
    new TreeMap<>(shares).forEach(byProvider::put);
    return new JsonObject()
        .put("notifications", side.notifications())
        .put("successes", side.successes())
        .put("success_share", interval(side.success()))
        .put(
            "latency_ms",
            new JsonObject()
                .put("mean", side.meanLatencyMillis())
                .put("p50", side.medianLatencyMillis())
                .put("p95", side.p95LatencyMillis()))
        .put("cost", side.cost())
        .put("duplicates", side.duplicates())
        .put("attempts", side.attempts())
        .put("attempt_shares", byProvider);
  }

  private static JsonObject interval(Interval interval) {
    return new JsonObject()
        .put("value", interval.value())
        .put("low", interval.low())
        .put("high", interval.high());
  }
}
