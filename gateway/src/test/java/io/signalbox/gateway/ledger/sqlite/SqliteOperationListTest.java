package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseOperationListTest;

/** The embedded ledger keeps the contract. */
class SqliteOperationListTest extends BaseOperationListTest {}
