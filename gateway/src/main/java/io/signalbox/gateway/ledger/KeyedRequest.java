package io.signalbox.gateway.ledger;

/**
 * A request with an idempotency key.
 *
 * @param tenant whose key it is
 * @param key as the client chose it
 * @param fingerprint equal for equal requests alone
 * @param turn a random number that no other request of the key has
 */
public record KeyedRequest(String tenant, String key, String fingerprint, long turn) {}
