package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseEventsTest;

/** The embedded ledger keeps the contract. */
class SqliteEventsTest extends BaseEventsTest {}
