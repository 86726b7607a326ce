package io.signalbox.gateway.model;

import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;

/**
 * A queue of one channel, one priority and one kind.
 *
 * @param channel what is asked for; one channel never waits behind another
 * @param priority how soon
 * @param kind whether for singles or batches, fresh or tried before
 */
public record Lane(Channel channel, Priority priority, LaneKind kind) {
  /** Every code is less. */
  public static final int CODES = 128;

  private static final int PRIORITIES = 4;
  private static final int RETRY = PRIORITIES;
  private static final int CHANNEL = 2 * PRIORITIES;
  private static final int BATCH = CODES / 2;

  /** The stable number that ledgers store and index by. */
  public int code() {
    return (kind.batch() ? BATCH : 0)
        + channel.code() * CHANNEL
        + (kind.retry() ? RETRY : 0)
        + priority.level()
        - 1;
  }

  /** The lane of a stored code. */
  public static Lane ofCode(int code) {
    return new Lane(
        Channel.ofCode(code % BATCH / CHANNEL),
        Priority.ofLevel(code % PRIORITIES + 1),
        LaneKind.of(code >= BATCH, code % CHANNEL >= RETRY ? 1 : 0));
  }

  /** The lane of the same notifications after so many rounds. */
  public Lane ofRound(int round) {
    return new Lane(channel, priority, LaneKind.of(kind.batch(), round));
  }
}
