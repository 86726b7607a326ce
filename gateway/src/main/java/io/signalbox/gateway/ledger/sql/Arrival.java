package io.signalbox.gateway.ledger.sql;

/**
 * How a receipt came to be known.
 *
 * @param atMillis when
 * @param lookedUp whether by our own question, instead of a webhook
 */
record Arrival(long atMillis, boolean lookedUp) {}
