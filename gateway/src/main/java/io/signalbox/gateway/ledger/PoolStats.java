package io.signalbox.gateway.ledger;

/**
 * A look at the connections of a store.
 *
 * @param max how many there may be
 * @param open how many there are
 * @param used how many are lent
 * @param pending how many calls wait for one
 */
public record PoolStats(int max, int open, int used, int pending) {}
