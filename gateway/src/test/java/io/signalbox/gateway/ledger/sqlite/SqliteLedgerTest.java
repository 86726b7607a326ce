package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseLedgerTest;

/** The embedded ledger keeps the contract. */
class SqliteLedgerTest extends BaseLedgerTest {}
