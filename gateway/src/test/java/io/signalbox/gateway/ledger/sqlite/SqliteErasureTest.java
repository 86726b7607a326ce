package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseErasureTest;

/** The embedded ledger keeps the contract. */
class SqliteErasureTest extends BaseErasureTest {}
