package io.signalbox.gateway.queue;

import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.LaneKind;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which lane is next. {@code urgent} goes first; {@code high}, {@code normal} and {@code
 * low} share 8:3:1; channels of one priority take turns; and what came alone, retries of that,
 * items of batches and retries of those share 6:2:3:1. So none starves: while all wait, half of
 * what goes came alone, a quarter are fresh items of batches, a quarter are retries. All shares are
 * kept by smooth weighted round-robin among those who can go, so that who is alone gets all.
 *
 * <p>It is told which lanes hold something, as bits, so that the empty ones (most, as a rule) cost
 * nothing; each of the others is asked at most once in a choice. Thread-confined: it remembers
 * whose turn it is.
 */
final class LaneOrder {
  private static final Priority[] SHARING = {Priority.HIGH, Priority.NORMAL, Priority.LOW};
  private static final int[] SHARES = {8, 3, 1};

  /** By {@link LaneKind#index()}. */
  private static final int[] KIND_SHARES = {6, 2, 3, 1};

  private static final LaneKind[] KINDS = LaneKind.values();
  private static final int ALL_KINDS = (1 << KINDS.length) - 1;
  private static final Channel[] CHANNELS = Channel.values();
  private static final int LEVELS = Priority.values().length + 1;
  private static final Lane[][][] LANES = lanes();

  private final int[] credit = new int[SHARING.length];
  private final int[] nextChannel = new int[LEVELS];
  private final int[][][] kindCredit = new int[LEVELS][CHANNELS.length][KINDS.length];

  /** By level: a bit for each lane that holds something, those of a channel side by side. */
  private final int[] filled = new int[LEVELS];

  /** By level: the channel whose turn it is and its kinds that can go, as last found. */
  private final int[] foundChannel = new int[LEVELS];

  private final int[] foundKinds = new int[LEVELS];

  private static Lane[][][] lanes() {
    Lane[][][] lanes = new Lane[LEVELS][CHANNELS.length][KINDS.length];
    for (Priority priority : Priority.values()) {
      for (Channel channel : CHANNELS) {
        for (LaneKind kind : KINDS) {
          lanes[priority.level()][channel.code()][kind.index()] = new Lane(channel, priority, kind);
        }
      }
    }
    return lanes;
  }

  /** Told whenever a lane comes to hold something, or nothing any more. */
  void setFilled(Lane lane, boolean holdsSomething) {
    int level = lane.priority().level();
    int bit = 1 << (lane.channel().code() * KINDS.length + lane.kind().index());
    filled[level] = holdsSomething ? filled[level] | bit : filled[level] & ~bit;
  }

  /**
   * The lane whose turn it is.
   *
   * @param ready whether a lane, which holds something, has something that may go now
   * @return null if no lane has
   */
  @Nullable Lane next(Predicate<Lane> ready) {
    return find(Priority.URGENT, ready) ? take(Priority.URGENT) : sharedLane(ready);
  }

  private @Nullable Lane sharedLane(Predicate<Lane> ready) {
    int best = -1;
    int total = 0;
    for (int i = 0; i < SHARING.length; i++) {
      if (!find(SHARING[i], ready)) {
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
    return take(SHARING[best]);
  }

  /** Looks for the channel whose turn it is in a priority; false if none can go. */
  private boolean find(Priority priority, Predicate<Lane> ready) {
    int level = priority.level();
    if (filled[level] == 0) {
      return false;
    }
    for (int i = 0; i < CHANNELS.length; i++) {
      int channel = (nextChannel[level] + i) % CHANNELS.length;
      int kinds = readyKinds(level, channel, ready);
      if (kinds != 0) {
        foundChannel[level] = channel;
        foundKinds[level] = kinds;
        return true;
      }
    }
    return false;
  }

  private int readyKinds(int level, int channel, Predicate<Lane> ready) {
    int waiting = (filled[level] >> (channel * KINDS.length)) & ALL_KINDS;
    int kinds = 0;
    for (int kind = 0; waiting >> kind != 0; kind++) {
      boolean holdsSomething = ((waiting >> kind) & 1) != 0;
      if (holdsSomething && ready.test(LANES[level][channel][kind])) {
        kinds |= 1 << kind;
      }
    }
    return kinds;
  }

  /** Gives the turn to what was found. */
  private Lane take(Priority priority) {
    int level = priority.level();
    int channel = foundChannel[level];
    nextChannel[level] = (channel + 1) % CHANNELS.length;
    int kind = kindOf(kindCredit[level][channel], foundKinds[level]);
    return LANES[level][channel][kind];
  }

  private static int kindOf(int[] credits, int kinds) {
    if (Integer.bitCount(kinds) == 1) {
      return Integer.numberOfTrailingZeros(kinds);
    }
    int best = -1;
    int total = 0;
    for (int kind = 0; kinds >> kind != 0; kind++) {
      if (((kinds >> kind) & 1) == 0) {
        continue;
      }
      credits[kind] += KIND_SHARES[kind];
      total += KIND_SHARES[kind];
      if (best < 0 || credits[kind] > credits[best]) {
        best = kind;
      }
    }
    credits[best] -= total;
    return best;
  }
}
