package io.signalbox.gateway.ledger;

/**
 * A gateway process of those that share a ledger.
 *
 * @param number 0 to 63; whoever comes later may have it again
 * @param epoch grows each time that somebody takes the number, or takes it away
 * @param name for people: where it runs
 * @param startedAtMillis when it took the number, by the ledger's clock
 */
public record Node(int number, long epoch, String name, long startedAtMillis) {}
