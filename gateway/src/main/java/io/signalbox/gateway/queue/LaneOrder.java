package io.signalbox.gateway.queue;

import io.signalbox.gateway.model.Lane;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which lane is next. {@code urgent} goes first; {@code high}, {@code normal} and {@code
 * low} share 8:3:1 by smooth weighted round-robin, so that none starves; channels of one priority
 * take turns; and of each four notifications of a channel and priority one is a retry, if any
 * waits.
 *
 * <p>Thread-confined: it remembers whose turn it is.
 */
final class LaneOrder {
  private static final Priority[] SHARING = {Priority.HIGH, Priority.NORMAL, Priority.LOW};
  private static final int[] SHARES = {8, 3, 1};
  private static final int RETRY_TURN = 4;
  private static final Channel[] CHANNELS = Channel.values();
  private static final Lane[][] FRESH = lanes(false);
  private static final Lane[][] RETRY = lanes(true);

  private final int[] credit = new int[SHARING.length];
  private final int[] nextChannel = new int[Priority.values().length + 1];
  private final int[][] retryTurn = new int[Priority.values().length + 1][CHANNELS.length];

  private static Lane[][] lanes(boolean retry) {
    Lane[][] lanes = new Lane[Priority.values().length + 1][CHANNELS.length];
    for (Priority priority : Priority.values()) {
      for (int i = 0; i < CHANNELS.length; i++) {
        lanes[priority.level()][i] = new Lane(CHANNELS[i], priority, retry);
      }
    }
    return lanes;
  }

  /**
   * The lane whose turn it is.
   *
   * @param ready whether a lane has something that may go now
   * @return null if no lane has
   */
  @Nullable Lane next(Predicate<Lane> ready) {
    Lane urgent = laneOf(Priority.URGENT, ready);
    return urgent != null ? urgent : sharedLane(ready);
  }

  private @Nullable Lane sharedLane(Predicate<Lane> ready) {
    int best = -1;
    int total = 0;
    for (int i = 0; i < SHARING.length; i++) {
      if (channelOf(SHARING[i], ready) < 0) {
        continue;
      }
      credit[i] += SHARES[i];
      total += SHARES[i];
      if (best < 0 || credit[i] > credit[best]) {
        best = i;
      }
    }
    if (best < 0) {
      return null;
    }
    credit[best] -= total;
    return laneOf(SHARING[best], ready);
  }

  private @Nullable Lane laneOf(Priority priority, Predicate<Lane> ready) {
    int index = channelOf(priority, ready);
    if (index < 0) {
      return null;
    }
    nextChannel[priority.level()] = (index + 1) % CHANNELS.length;
    Lane fresh = FRESH[priority.level()][index];
    Lane retry = RETRY[priority.level()][index];
    boolean retryReady = ready.test(retry);
    if (!ready.test(fresh)) {
      return retry;
    }
    int turn = (retryTurn[priority.level()][index] + 1) % RETRY_TURN;
    retryTurn[priority.level()][index] = turn;
    return retryReady && turn == 0 ? retry : fresh;
  }

  private int channelOf(Priority priority, Predicate<Lane> ready) {
    for (int i = 0; i < CHANNELS.length; i++) {
      int index = (nextChannel[priority.level()] + i) % CHANNELS.length;
      boolean waiting =
          ready.test(FRESH[priority.level()][index]) || ready.test(RETRY[priority.level()][index]);
      if (waiting) {
        return index;
      }
    }
    return -1;
  }
}
