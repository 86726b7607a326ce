package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseErasureOrderTest;

/** The embedded ledger keeps the contract. */
class SqliteErasureOrderTest extends BaseErasureOrderTest {}
