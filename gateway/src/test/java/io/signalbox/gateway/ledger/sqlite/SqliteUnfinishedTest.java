package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseUnfinishedTest;

/** The embedded ledger keeps the contract. */
class SqliteUnfinishedTest extends BaseUnfinishedTest {}
