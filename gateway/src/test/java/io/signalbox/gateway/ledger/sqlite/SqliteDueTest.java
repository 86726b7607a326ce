package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseDueTest;

/** The embedded ledger keeps the contract. */
class SqliteDueTest extends BaseDueTest {}
