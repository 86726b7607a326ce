package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseSealTest;

/** The embedded ledger keeps the contract. */
class SqliteSealTest extends BaseSealTest {}
