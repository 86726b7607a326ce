package io.signalbox.scoring;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of the messages that one provider accepted on one channel: which share was delivered,
 * and in time. Thread-confined; memory is bounded whatever the traffic, since messages are counted
 * by the second in which they were accepted, for the newest 512 seconds in which any were.
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
  private static final int MAX_SECONDS = 512;
  private static final long SECOND_MILLIS = 1_000;

  /** A receipt's own idea of the second may differ a little from that of the attempt's end. */
  private static final long TOLERATED_SECONDS = 2;

  private static final double LATE_VALUE = 0.5;
  private static final double LATE_QUANTILE = 0.95;

  /** A sudden slowness is not learned as the usual within seconds. */
  private static final double LATE_WEIGHT = 0.1;

  /** The messages that were accepted in one second. */
  private static final class Second {
    int accepted;
    int excused;
    int inTime;
    int late;
  }

  private final DeliveryCurve curve = new DeliveryCurve();
  private final TreeMap<Long, Second> seconds = new TreeMap<>();
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
  }

  /** The provider accepted a message. */
  public void accepted(long atMillis) {
    seconds.computeIfAbsent(atMillis / SECOND_MILLIS, key -> new Second()).accepted++;
    if (seconds.size() > MAX_SECONDS) {
      seconds.pollFirstEntry();
    }
  }

  /** It was delivered; told once for each message. */
  public void delivered(long acceptedAtMillis, long deliveredAtMillis) {
    long took = Math.max(0, deliveredAtMillis - acceptedAtMillis);
    boolean late = curve.isLearned() && took > lateAfterMillis();
    Second second = find(acceptedAtMillis);
    if (second != null && late) {
      second.late++;
    } else if (second != null) {
      second.inTime++;
    }
    curve.add(took, late ? LATE_WEIGHT : 1, deliveredAtMillis);
  }

  /** It was not delivered, by no fault of the provider; told once for each message. */
  public void excused(long acceptedAtMillis) {
    Second second = find(acceptedAtMillis);
    if (second != null) {
      second.excused++;
    }
  }

  /** Returns the numbers of this moment. */
  public DeliverySnapshot snapshot(long nowMillis) {
    if (!curve.isLearned()) {
      return DeliverySnapshot.UNKNOWN;
    }
    long lateAfter = lateAfterMillis();
    long newestJudged = (nowMillis - lateAfter) / SECOND_MILLIS - 1;
    int judged = 0;
    double value = 0;
    for (Second second : seconds.headMap(newestJudged, true).descendingMap().values()) {
      judged += second.accepted - second.excused;
      value += second.inTime + LATE_VALUE * second.late;
      if (judged >= WANTED) {
        break;
      }
    }
    int counted = Math.max(0, judged);
    double share = counted < NEEDED ? 1 : Math.min(1, value / counted);
    return new DeliverySnapshot(counted, share, lateAfter, curve.quantileMillis(0.5));
  }

  private long lateAfterMillis() {
    return Math.max(minLateMillis, Math.min(curve.quantileMillis(LATE_QUANTILE), maxLateMillis));
  }

  private @Nullable Second find(long acceptedAtMillis) {
    long key = acceptedAtMillis / SECOND_MILLIS;
    Map.Entry<Long, Second> near = seconds.floorEntry(key);
    if (near == null || key - near.getKey() > TOLERATED_SECONDS) {
      near = seconds.ceilingEntry(key);
    }
    return near == null || Math.abs(near.getKey() - key) > TOLERATED_SECONDS
        ? null
        : near.getValue();
  }
}
