package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseDegradationTest;

/** The embedded ledger keeps the contract. */
class SqliteDegradationTest extends BaseDegradationTest {}
