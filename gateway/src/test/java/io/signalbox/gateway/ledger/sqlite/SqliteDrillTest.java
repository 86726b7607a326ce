package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseDrillTest;

/** The embedded ledger keeps the contract. */
class SqliteDrillTest extends BaseDrillTest {}
