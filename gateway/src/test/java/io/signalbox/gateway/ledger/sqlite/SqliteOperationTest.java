package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseOperationTest;

/** The embedded ledger keeps the contract. */
class SqliteOperationTest extends BaseOperationTest {}
