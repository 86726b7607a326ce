package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseRequestKeyTest;

/** The embedded ledger keeps the contract. */
class SqliteRequestKeyTest extends BaseRequestKeyTest {}
