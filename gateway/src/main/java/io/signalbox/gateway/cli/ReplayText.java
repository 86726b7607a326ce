package io.signalbox.gateway.cli;

import io.signalbox.gateway.replay.RecordedPast;
import io.signalbox.scoring.replay.Difference;
import io.signalbox.scoring.replay.Interval;
import io.signalbox.scoring.replay.ReplayReport;
import io.signalbox.scoring.replay.ReplayReport.Coverage;
import io.signalbox.scoring.replay.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The report of a back-test as lines. */
final class ReplayText {
  private ReplayText() {}

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
