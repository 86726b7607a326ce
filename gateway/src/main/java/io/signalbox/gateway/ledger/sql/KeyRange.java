package io.signalbox.gateway.ledger.sql;

/**
 * A range of notifications' keys.
 *
 * @param from the first key
 * @param until the first key behind it
 */
public record KeyRange(long from, long until) {}
