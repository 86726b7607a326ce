package io.signalbox.scoring.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Says how an attempt would have ended that was not made: like one of the attempts that this
 * provider was recorded to have had on this channel at about that time, drawn at random from the
 * nearest. If none was near in time, the nearest of the whole record serve, and the answer says so.
 */
final class Evidence {
  /** How good the evidence of an estimated attempt is, best first. */
  enum Grade {
    /** This notification was tried there at about that time. */
    DIRECT,
    /** Others were tried there at about that time. */
    NEAR,
    /** Others were tried there at other times. */
    FAR
  }

  /** What is taken for the end of an attempt. */
  record Finding(RecordedAttempt like, Grade grade) {}

  private record Place(String channel, String provider) {}

  private final Map<Place, List<RecordedAttempt>> byPlace = new HashMap<>();
  private final ReplaySettings settings;
  private final RandomGenerator random;

  Evidence(List<RecordedNotification> recorded, ReplaySettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
    for (RecordedNotification notification : recorded) {
      for (RecordedAttempt attempt : notification.attempts()) {
        byPlace
            .computeIfAbsent(
                new Place(attempt.channel(), attempt.provider()), place -> new ArrayList<>())
            .add(attempt);
      }
    }
    byPlace
        .values()
        .forEach(list -> list.sort(Comparator.comparingLong(RecordedAttempt::startedAtMillis)));
  }

  /** Null if the provider was never tried on that channel. */
  @Nullable Finding find(
      RecordedNotification notification,
      int usedBefore,
      String channel,
      String provider,
      long atMillis) {
    RecordedAttempt own = own(notification, usedBefore, channel, provider, atMillis);
    if (own != null) {
      return new Finding(own, Grade.DIRECT);
    }
    List<RecordedAttempt> all = byPlace.get(new Place(channel, provider));
    return all == null ? null : drawn(all, atMillis);
  }

  /** The notification's recorded attempt there, if it has one that was not used and is near. */
  private @Nullable RecordedAttempt own(
      RecordedNotification notification,
      int usedBefore,
      String channel,
      String provider,
      long atMillis) {
    int left = usedBefore;
    for (RecordedAttempt attempt : notification.attempts()) {
      if (attempt.channel().equals(channel) && attempt.provider().equals(provider)) {
        if (left == 0) {
          return isNear(attempt, atMillis) ? attempt : null;
        }
        left--;
      }
    }
    return null;
  }

  private Finding drawn(List<RecordedAttempt> all, long atMillis) {
    int from = firstAtOrAfter(all, atMillis);
    int to = from;
    while (to - from < settings.evidenceCount() && (from > 0 || to < all.size())) {
      if (to == all.size() || (from > 0 && isNearer(all.get(from - 1), all.get(to), atMillis))) {
        from--;
      } else {
        to++;
      }
    }
    int nearFrom = from;
    while (nearFrom < to && !isNear(all.get(nearFrom), atMillis)) {
      nearFrom++;
    }
    int nearTo = to;
    while (nearTo > nearFrom && !isNear(all.get(nearTo - 1), atMillis)) {
      nearTo--;
    }
    return nearFrom < nearTo
        ? new Finding(all.get(nearFrom + random.nextInt(nearTo - nearFrom)), Grade.NEAR)
        : new Finding(all.get(from + random.nextInt(to - from)), Grade.FAR);
  }

  private boolean isNear(RecordedAttempt attempt, long atMillis) {
    return Math.abs(attempt.startedAtMillis() - atMillis) <= settings.evidenceMillis();
  }

  private static boolean isNearer(RecordedAttempt before, RecordedAttempt after, long atMillis) {
    return atMillis - before.startedAtMillis() <= after.startedAtMillis() - atMillis;
  }

  private static int firstAtOrAfter(List<RecordedAttempt> all, long atMillis) {
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all.get(middle).startedAtMillis() < atMillis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
