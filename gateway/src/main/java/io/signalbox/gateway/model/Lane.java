package io.signalbox.gateway.model;

import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;

/**
 * A queue of one channel and one priority. Retries have lanes of their own, so that after an outage
 * they cannot starve fresh notifications, nor the other way round.
 *
 * @param channel what is asked for; one channel never waits behind another
 * @param priority how soon
 * @param retry whether for second and later rounds
 */
public record Lane(Channel channel, Priority priority, boolean retry) {

  /** The stable number that ledgers store and index by. */
  public int code() {
    return channel.code() * 8 + (retry ? 4 : 0) + priority.level() - 1;
  }

  /** The lane of a stored code. */
  public static Lane ofCode(int code) {
    return new Lane(Channel.ofCode(code / 8), Priority.ofLevel(code % 4 + 1), (code % 8) >= 4);
  }
}
