package io.signalbox.gateway.ledger.postgres;

/**
 * A place among the nodes.
 *
 * @param number 0 to 63
 * @param epoch grows with each holder of the number: whose is not the newest writes no more
 */
record Seat(int number, long epoch) {}
