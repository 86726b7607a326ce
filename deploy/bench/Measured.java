import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What came of the requests of one load: counts of all, times of those that are measured. */
final class Measured {
  private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final Histogram corrected = new Histogram(MAX_NANOS, 3);
  private final Histogram service = new Histogram(MAX_NANOS, 3);
  private final Histogram late = new Histogram(MAX_NANOS, 3);
  private final int expected;
  private long sent;
  private long answered;
  private long broken;
  private long unexpected;
  private int firstUnexpected;
  private long accepted;
  private long answers;
  private long inTime;
  private long acceptedInTime;
  private long lastAnswer;

  /** Makes one that knows of nothing yet; the status is that of a good answer. */
  Measured(int expected) {
    this.expected = expected;
  }

  /** {@return the number of the request that goes now, from 0} */
  long next() {
    return sent++;
  }

  long sent() {
    return sent;
  }

  /** Whether nothing is under way. */
  boolean allAnswered() {
    return answered + broken == sent;
  }

  /** Counts a request whose connection was closed before its answer came. */
  void broken() {
    broken++;
  }

  void answered(HttpAnswer answer) {
    answered++;
    accepted += answer.accepted();
    if (answer.status() != expected) {
      unexpected++;
      if (firstUnexpected == 0) {
        firstUnexpected = answer.status();
        System.err.println("unexpected: " + answer);
      }
    }
  }

  /** Takes the times of an answer; those after the end do not count for the rate. */
  void timed(HttpAnswer answer, long meant, long begun, long end) {
    long now = System.nanoTime();
    answers++;
    lastAnswer = now;
    if (now <= end) {
      inTime++;
      acceptedInTime += answer.accepted();
    }
    corrected.recordValue(Math.min(MAX_NANOS, now - meant));
    service.recordValue(Math.min(MAX_NANOS, now - begun));
    late.recordValue(Math.min(MAX_NANOS, begun - meant));
  }

  /**
   * One line of JSON.
   *
   * @param nanos how long was measured; 0: from the given time to the last answer
   * @param waiting how many were meant to go and did not
   */
  String json(long rate, int connections, long from, long nanos, long waiting) {
    double seconds = (nanos > 0 ? nanos : Math.max(1, lastAnswer - from)) / 1e9;
    return String.format(
        Locale.ROOT,
        "{\"open_loop\":%b,\"rate\":%d,\"connections\":%d,\"seconds\":%.3f,\"sent\":%d,"
            + "\"answers_with_warm_up\":%d,\"answers\":%d,\"unexpected\":%d,"
            + "\"first_unexpected\":%d,\"broken\":%d,\"unanswered\":%d,\"per_second\":%.1f,"
            + "\"items_with_warm_up\":%d,\"items_per_second\":%.1f,%s,"
            + "\"service\":{%s},\"sent_late\":{%s}}",
        rate > 0,
        rate,
        connections,
        seconds,
        sent,
        answered,
        answers,
        unexpected,
        firstUnexpected,
        broken,
        sent + waiting - answered - broken,
        inTime / seconds,
        accepted,
        acceptedInTime / seconds,
        percentiles(corrected),
        percentiles(service),
        percentiles(late));
  }

  static String percentiles(Histogram histogram) {
    return String.format(
        Locale.ROOT,
        "\"p50_ms\":%.3f,\"p90_ms\":%.3f,\"p99_ms\":%.3f,\"p999_ms\":%.3f,\"max_ms\":%.3f",
        histogram.getValueAtPercentile(50) / 1e6,
        histogram.getValueAtPercentile(90) / 1e6,
        histogram.getValueAtPercentile(99) / 1e6,
        histogram.getValueAtPercentile(99.9) / 1e6,
        histogram.getMaxValue() / 1e6);
  }
}
