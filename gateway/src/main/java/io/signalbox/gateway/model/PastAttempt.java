package io.signalbox.gateway.model;

import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * What a later decision must know of an earlier attempt.
 *
 * @param number counts from 1
 * @param round the round it belonged to, counted from 0; {@link #BEFORE_REPLAY} if that was before
 *     a person had the notification replayed
 * @param channel the channel it used
 * @param provider the provider it used
 * @param outcome how it ended; null while it is under way
 * @param startedAtMillis when it began
 * @param endedAtMillis when it ended; 0 while it is under way
 */
public record PastAttempt(
    int number,
    int round,
    Channel channel,
    String provider,
    @Nullable OutcomeKind outcome,
    long startedAtMillis,
    long endedAtMillis) {
  /** The round of attempts that stand in the way of nothing any more. */
  public static final int BEFORE_REPLAY = -1;

  /** The same, known to have ended otherwise. */
  public PastAttempt withOutcome(OutcomeKind told) {
    return new PastAttempt(number, round, channel, provider, told, startedAtMillis, endedAtMillis);
  }
}
