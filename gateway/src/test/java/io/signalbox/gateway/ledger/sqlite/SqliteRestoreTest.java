package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseRestoreTest;

/** The embedded ledger keeps the contract. */
class SqliteRestoreTest extends BaseRestoreTest {}
