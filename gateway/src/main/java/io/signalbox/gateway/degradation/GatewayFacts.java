package io.signalbox.gateway.degradation;

import io.signalbox.gateway.spool.SpoolStatus;

/**
 * What the mode of the gateway itself is made from.
 *
 * @param ledgerTrouble what the ledger cannot do; empty if it reads and writes
 * @param commitMillis how long the ledger's commits take, or the present one has taken
 * @param freeDiskBytes free space in the data directory
 * @param waiting notifications that wait
 * @param workStalled whether work is due and nothing is done
 * @param webhooksStalled whether stored webhooks take no effect
 * @param spool where notifications go while the ledger is away
 * @param redisTrouble what goes on without Redis; empty if it answers or is not used
 */
record GatewayFacts(
    String ledgerTrouble,
    long commitMillis,
    long freeDiskBytes,
    long waiting,
    boolean workStalled,
    boolean webhooksStalled,
    SpoolStatus spool,
    String redisTrouble) {}
