package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;

/**
 * An attempt that is about to begin. Recorded before its first byte is written, so that after a
 * crash nobody takes it for not sent.
 *
 * @param attempt its id; its number must be one more than the attempts recorded so far
 * @param round the round it belongs to, counted from 0
 * @param channel the channel it uses
 * @param provider the provider it uses
 * @param generation the provider's generation
 * @param decision why this provider
 * @param startedAtMillis now
 * @param deadlineAtMillis when its outcome must be known
 * @param possibleDuplicate whether an earlier attempt may have reached the recipient
 * @param recipient the address on the channel, for which the suppression list is asked
 * @param ignoreSuppression whether it begins although the list holds the recipient
 * @param confirmation whether a receipt is waited for, and whether that is why it begins
 */
public record AttemptStart(
    AttemptId attempt,
    int round,
    Channel channel,
    String provider,
    long generation,
    Decision decision,
    long startedAtMillis,
    long deadlineAtMillis,
    boolean possibleDuplicate,
    Recipient recipient,
    boolean ignoreSuppression,
    Confirmation confirmation) {

  /** An attempt whose receipt nobody waits for. */
  public AttemptStart(
      AttemptId attempt,
      int round,
      Channel channel,
      String provider,
      long generation,
      Decision decision,
      long startedAtMillis,
      long deadlineAtMillis,
      boolean possibleDuplicate,
      Recipient recipient,
      boolean ignoreSuppression) {
    this(
        attempt,
        round,
        channel,
        provider,
        generation,
        decision,
        startedAtMillis,
        deadlineAtMillis,
        possibleDuplicate,
        recipient,
        ignoreSuppression,
        Confirmation.NONE);
  }
}
