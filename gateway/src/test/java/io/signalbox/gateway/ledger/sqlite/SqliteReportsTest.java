package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseReportsTest;

/** The embedded ledger keeps the contract. */
class SqliteReportsTest extends BaseReportsTest {}
