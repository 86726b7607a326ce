package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.Outcome;

/**
 * The end of an attempt and what follows, stored as one.
 *
 * @param attempt which attempt
 * @param outcome how it ended
 * @param endedAtMillis when
 * @param tookMillis how long the provider took
 * @param next what follows
 */
public record Settlement(
    AttemptId attempt, Outcome outcome, long endedAtMillis, long tookMillis, NextStep next) {}
