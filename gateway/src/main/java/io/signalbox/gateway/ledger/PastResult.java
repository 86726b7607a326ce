package io.signalbox.gateway.ledger;

import io.signalbox.spi.OutcomeKind;

/** The end of a past attempt, as far as health cares. */
public record PastResult(
    String provider, OutcomeKind outcome, long tookMillis, long endedAtMillis) {}
