package io.signalbox.gateway.cli;

import io.signalbox.gateway.replay.RecordedPast;
import io.signalbox.scoring.replay.Difference;
import io.signalbox.scoring.replay.Interval;
import io.signalbox.scoring.replay.ReplayReport;
import io.signalbox.scoring.replay.ReplayReport.Coverage;
import io.signalbox.scoring.replay.Side;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The report of a back-test. */
final class ReplayText {
  private ReplayText() {}

  static JsonObject json(ReplayReport report, RecordedPast past, long seed) {
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

  static List<String> lines(ReplayReport report, RecordedPast past) {
    Side was = report.recorded();
    Side other = report.other();
    Difference difference = report.difference();
    Coverage coverage = report.coverage();
    List<String> lines = new ArrayList<>();
    lines.add(
        past.notifications().size()
            + " notifications"
            + (past.complete() ? "" : " (there are more: --limit)")
            + ", "
            + report.notComparable()
            + " of them not comparable");
    lines.add(row("", "recorded", "other", "difference for one, with 95% interval"));
    lines.add(
        row(
            "success",
            percent(was.success().value()),
            percent(other.success().value()),
            points(difference.success())));
    lines.add(
        row(
            "latency, mean",
            millis(was.meanLatencyMillis()),
            millis(other.meanLatencyMillis()),
            interval(difference.latencyMillis(), "ms")));
    lines.add(
        row(
            "latency, median",
            millis(was.medianLatencyMillis()),
            millis(other.medianLatencyMillis()),
            ""));
    lines.add(
        row("latency, p95", millis(was.p95LatencyMillis()), millis(other.p95LatencyMillis()), ""));
    lines.add(
        row("cost", number(was.cost()), number(other.cost()), interval(difference.cost(), "")));
    lines.add(
        row(
            "duplicates",
            Integer.toString(was.duplicates()),
            Integer.toString(other.duplicates()),
            interval(difference.duplicates(), "")));
    lines.add(
        row("attempts", Integer.toString(was.attempts()), Integer.toString(other.attempts()), ""));
    Map<String, Double> providers = new TreeMap<>(report.recordedShare());
    report.otherShare().forEach((provider, share) -> providers.putIfAbsent(provider, 0.0));
    providers.forEach(
        (provider, share) ->
            lines.add(
                row(
                    "  " + provider,
                    percent(share),
                    percent(report.otherShare().getOrDefault(provider, 0.0)),
                    "")));
    lines.add(
        String.format(
            Locale.ROOT,
            "evidence: of %d decisions %d direct (%s), %d from others near in time, %d from other"
                + " times, %d without any",
            coverage.decisions(),
            coverage.direct(),
            percent(coverage.directShare()),
            coverage.near(),
            coverage.far(),
            coverage.none()));
    return lines;
  }

  private static String row(String name, String recorded, String other, String difference) {
    return String.format(Locale.ROOT, "%-20s %14s %14s   %s", name, recorded, other, difference)
        .stripTrailing();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", share * 100);
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, "%.0f ms", millis);
  }

  private static String millis(long millis) {
    return millis + " ms";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String points(Interval interval) {
    return String.format(
        Locale.ROOT,
        "%+.2f points (%+.2f to %+.2f)",
        interval.value() * 100,
        interval.low() * 100,
        interval.high() * 100);
  }

  private static String interval(Interval interval, String unit) {
    return String.format(
            Locale.ROOT,
            "%+.4g %s (%+.4g to %+.4g)",
            interval.value(),
            unit,
            interval.low(),
            interval.high())
        .replace("  ", " ");
  }
}
