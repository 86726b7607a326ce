package io.signalbox.gateway.operation;

/** Operations over the embedded ledger. */
class SqliteSagaTest extends BaseSagaTest {}
