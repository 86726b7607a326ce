package io.signalbox.gateway.operation;

/** The limits of operations over the embedded ledger. */
class SqliteSagaLimitsTest extends BaseSagaLimitsTest {}
