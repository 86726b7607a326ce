package io.signalbox.scoring;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the messages that one provider accepted on one channel: which share was delivered,
 * and in time. Thread-confined; memory is bounded whatever the traffic, since messages are counted
 * by the second in which they were accepted, for the newest 2,048 seconds in which any were. Where
 * "late" may be over 17 minutes it is by spans of several seconds, so that twice that is
 * remembered.
 *
 * <p>A message is judged when it is older than "late": the 95th percentile of the provider's own
 * delivery times, within the limits given. By then it was delivered (1), delivered late (1/2), or
 * not delivered (0); one whose recipient or content was at fault is left out. The newest judged
 * seconds that hold at least 200 messages make the share. Messages that are not old enough count
 * neither way: of them only the fast ones would be known.
 *
 * <p>There is no judgement before 20 deliveries were reported and 20 messages can be judged: a
 * provider that reports no deliveries, as SMTP, is not blamed for that.
 */
public final class DeliveryRecord {
  private static final int NEEDED = 20;
  private static final int WANTED = 200;
  private static final int MAX_SPANS = 2_048;
  private static final long SECOND_MILLIS = 1_000;

  /** A receipt's own idea of the second may differ a little from that of the attempt's end. */
  private static final long TOLERATED_MILLIS = 2_000;

  private static final double LATE_VALUE = 0.5;
  private static final double LATE_QUANTILE = 0.95;

  /** A sudden slowness is not learned as the usual within seconds. */
  private static final double LATE_WEIGHT = 0.1;

  /** The messages that were accepted in one span of time. */
  private static final class Span {
    int accepted;
    int excused;
    int inTime;
    int late;

    int unheard() {
      return accepted - excused - inTime - late;
    }
  }

  private final DeliveryCurve curve = new DeliveryCurve();
  private final TreeMap<Long, Span> spans = new TreeMap<>();
  private final long spanMillis;
  private final long minLateMillis;
  private final long maxLateMillis;

  /**
   * Makes an empty record.
   *
   * @param minLateMillis nothing is late before that, at least 1
   * @param maxLateMillis everything is late after that, at least {@code minLateMillis}
   */
  public DeliveryRecord(long minLateMillis, long maxLateMillis) {
    if (minLateMillis < 1 || maxLateMillis < minLateMillis) {
      throw new IllegalArgumentException(
          "0 < minLateMillis <= maxLateMillis: " + minLateMillis + ", " + maxLateMillis);
    }
    this.minLateMillis = minLateMillis;
    this.maxLateMillis = maxLateMillis;
    this.spanMillis = SECOND_MILLIS * (1 + 2 * maxLateMillis / (MAX_SPANS * SECOND_MILLIS));
  }

  /** Whether any delivery was ever reported. */
  public boolean isReported() {
    return curve.isBegun();
  }

  /** The provider accepted a message. */
  public void accepted(long atMillis) {
    accepted(atMillis, 1);
  }

  /** The provider accepted so many messages at about that time. */
  public void accepted(long atMillis, int count) {
    spanOf(atMillis / spanMillis).accepted += count;
    forgetOldest();
  }

  private Span spanOf(long key) {
    return spans.computeIfAbsent(key, any -> new Span());
  }

  private void forgetOldest() {
    if (spans.size() > MAX_SPANS) {
      spans.pollFirstEntry();
    }
  }

  /** It was delivered; told once for each message. */
  public void delivered(long acceptedAtMillis, long deliveredAtMillis) {
    long took = Math.max(0, deliveredAtMillis - acceptedAtMillis);
    boolean late = curve.isLearned() && took > lateAfterMillis();
    Span span = find(acceptedAtMillis);
    if (late) {
      span.late++;
    } else {
      span.inTime++;
    }
    forgetOldest();
    curve.add(took, late ? LATE_WEIGHT : 1, deliveredAtMillis);
  }

  /**
   * It must have been delivered some time before, since the recipient has opened it; told once for
   * each message. That teaches nothing of delivery times, and a provider that reports nothing else
   * is not judged: most messages are never opened.
   */
  public void seen(long acceptedAtMillis) {
    find(acceptedAtMillis).inTime++;
    forgetOldest();
  }

  /** It was not delivered, by no fault of the provider; told once for each message. */
  public void excused(long acceptedAtMillis) {
    find(acceptedAtMillis).excused++;
    forgetOldest();
  }

  /**
   * Whether a message became overdue within that time of which nothing is known. False before there
   * is a judgement at all.
   */
  public boolean misses(long fromMillis, long toMillis) {
    if (!curve.isLearned()) {
      return false;
    }
    long late = lateAfterMillis();
    for (Span span : between(fromMillis - late, toMillis - late - spanMillis).values()) {
      if (span.unheard() > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Nobody listened within that time: of the messages that could have been reported in it only
   * those count whose fate is known all the same.
   */
  public void unheard(long fromMillis, long toMillis) {
    for (Span span : between(fromMillis - lateAfterMillis(), toMillis).values()) {
      span.accepted -= Math.max(0, span.unheard());
    }
  }

  private Map<Long, Span> between(long fromMillis, long toMillis) {
    long first = Math.floorDiv(fromMillis, spanMillis);
    long last = Math.floorDiv(toMillis, spanMillis);
    return first > last ? Map.of() : spans.subMap(first, true, last, true);
  }

  /** Returns the numbers of this moment, or as they stood at an earlier one. */
  public DeliverySnapshot snapshot(long nowMillis) {
    if (!curve.isLearned()) {
      return DeliverySnapshot.UNKNOWN;
    }
    long lateAfter = lateAfterMillis();
    long newestJudged = (nowMillis - lateAfter) / spanMillis - 1;
    int judged = 0;
    double value = 0;
    for (Span span : spans.headMap(newestJudged, true).descendingMap().values()) {
      // A receipt may be of a message that does not count.
      int counted = Math.max(0, span.accepted - span.excused);
      judged += counted;
      value += Math.min(counted, span.inTime + LATE_VALUE * span.late);
      if (judged >= WANTED) {
        break;
      }
    }
    double share = judged < NEEDED ? 1 : Math.min(1, value / judged);
    return new DeliverySnapshot(judged, share, lateAfter, curve.quantileMillis(0.5));
  }

  private long lateAfterMillis() {
    return Math.max(minLateMillis, Math.min(curve.quantileMillis(LATE_QUANTILE), maxLateMillis));
  }

  /**
   * The span of a message: its own, or a near one if only there a message is unheard of. If there
   * is none its own may be new, since of a message that another gateway sent a receipt may be known
   * before it is known that it was accepted.
   */
  private Span find(long acceptedAtMillis) {
    long key = acceptedAtMillis / spanMillis;
    long tolerated = Math.max(1, TOLERATED_MILLIS / spanMillis);
    for (long apart = 0; apart <= tolerated; apart++) {
      for (long each : new long[] {key - apart, key + apart}) {
        Span span = spans.get(each);
        if (span != null && span.unheard() > 0) {
          return span;
        }
      }
    }
    return spanOf(key);
  }
}
