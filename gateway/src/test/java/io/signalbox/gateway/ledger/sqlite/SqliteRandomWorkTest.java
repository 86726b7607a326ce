package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseRandomWorkTest;

/** The embedded ledger keeps the contract. */
class SqliteRandomWorkTest extends BaseRandomWorkTest {}
