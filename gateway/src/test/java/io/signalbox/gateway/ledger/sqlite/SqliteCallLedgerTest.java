package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseCallLedgerTest;

/** The embedded ledger keeps the contract. */
class SqliteCallLedgerTest extends BaseCallLedgerTest {}
