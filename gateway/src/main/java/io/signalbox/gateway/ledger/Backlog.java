package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.Lane;

/**
 * How much waits in a lane.
 *
 * @param lane which lane
 * @param due how many could be worked on now
 * @param later how many are not due yet
 * @param oldestDueAtMillis since when the oldest has been due; 0 if none is
 */
public record Backlog(Lane lane, long due, long later, long oldestDueAtMillis) {}
