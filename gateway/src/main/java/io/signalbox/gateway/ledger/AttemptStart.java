package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.Channel;

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
    boolean possibleDuplicate) {}
